/**
 * Remembers the ids of signed requests, so that one which was seen is not taken a second time. A store that several
 * processes share keeps a request from being sent to each of them once.
 */
export interface ReplayStore {
  /**
   * Whether this id is claimed for the first time; it stays claimed for `ttlMs` milliseconds, more than 0. Of several
   * claims at once exactly one is the first; a claim that comes later prolongs nothing. Rejects when it can't be told:
   * the request must then be refused.
   */
  claim(id: string, ttlMs: number): Promise<boolean>;
}
