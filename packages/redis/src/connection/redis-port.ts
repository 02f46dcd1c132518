/** What the stores use of a client, the same for every kind. */
export interface RedisPort {
  /** Whether a command would be sent now, and not be queued by the client until it has a connection. */
  isReady(): boolean;
  /** Calls back whenever the client has a connection again. */
  onReady(callback: () => void): void;
  /** Calls back when the client is closed for good. */
  onEnd(callback: () => void): void;
  evalSha(sha: string, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  evalText(text: string, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /** A second connection to the same server, for subscribing: while it subscribes it can do nothing else. */
  openSubscriber(onMessage: (channel: string, message: string) => void): SubscriberPort;
}

/** A connection that only subscribes. */
export interface SubscriberPort {
  /** Calls back whenever there is a connection, the first time too; nothing is subscribed to on it yet. */
  onReady(callback: () => void): void;
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  close(): void;
}
