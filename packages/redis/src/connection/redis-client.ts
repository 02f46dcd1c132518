/** What is used of a client of ioredis, 5 or newer: `Redis` or `Cluster`. */
export interface IoredisClient {
  readonly status: string;
  evalsha(sha: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  subscribe(...channels: string[]): Promise<unknown>;
  unsubscribe(...channels: string[]): Promise<unknown>;
  on(event: string, listener: (...values: string[]) => void): unknown;
  duplicate(): unknown;
  disconnect(): void;
}

/** What is used of a client of node-redis (`redis`), 4 or newer: of `createClient`, `createCluster`, … */
export interface NodeRedisClient {
  readonly isOpen: boolean;
  evalSha(sha: string, given: { keys: string[]; arguments: string[] }): Promise<unknown>;
  eval(script: string, given: { keys: string[]; arguments: string[] }): Promise<unknown>;
  subscribe(channel: string, listener: (message: string, channel: string) => void): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  on(event: string, listener: (...values: string[]) => void): unknown;
  duplicate(): unknown;
}

/**
 * A client of yours, of ioredis (5 or newer) or of node-redis (4 or newer); which of the two is seen from its shape.
 * A client of node-redis must be connected by you, with an `error` listener.
 */
export type RedisClient = IoredisClient | NodeRedisClient;
