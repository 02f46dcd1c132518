/** Connections to PostgreSQL: a `Pool` of `pg`, or anything of its shape. It stays the caller's: nothing here ends it. */
export interface PostgresPool {
  /** Waits for a free connection. Who has one gives it back with `release`. */
  connect(): Promise<PostgresClient>;
  /**
   * A connection may break while nobody uses it, or before who asked for it has it: without listeners that would end
   * the process, so some are added.
   */
  readonly on?: {
    (event: "error", listener: (error: Error) => void): unknown;
    (event: "connect", listener: (client: PostgresClient) => void): unknown;
  };
}

/** One connection of a {@link PostgresPool}. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
  /** With an error, or `true`, the connection is closed instead of being used again. */
  release(error?: Error | boolean): void;
  on(event: "error" | "end", listener: (error?: Error) => void): unknown;
  on(event: "notification", listener: (message: PostgresNotification) => void): unknown;
}

/** What `NOTIFY` has sent. */
export interface PostgresNotification {
  readonly channel: string;
  readonly payload?: string | undefined;
}
