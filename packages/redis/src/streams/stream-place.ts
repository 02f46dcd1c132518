/** Where a stream is kept, and where one hears of it. */
export interface StreamPlace {
  readonly id: string;
  /** Its hash and its list of events. */
  readonly keys: readonly string[];
  readonly channel: string;
}

/** The place of a stream. Its id is the hash tag of its two keys: in Redis Cluster streams are spread over all slots. */
export function streamPlace(prefix: string, id: string): StreamPlace {
  const root = `${prefix}stream:{${id}}`;
  return { id, keys: [root, `${root}:events`], channel: root };
}
