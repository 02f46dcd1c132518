import type { RedisPort, SubscriberPort } from "./redis-port.js";

/** Who listens to a channel. */
export interface ChannelListener {
  onMessage(message: string): void;
  /** It is listened to from now on, at first or again: what was said before may have been missed. */
  onListening?(): void;
}

/** The channels that all stores of one client listen to, over one connection of their own. */
export interface Subscriptions {
  /** Listens until the returned function is called. */
  add(channel: string, listener: ChannelListener): () => void;
}

/** So long a connection to which nobody listens any more stays open, for the next one. */
const idleMs = 10_000;

/** Makes {@link Subscriptions}; the connection is opened when somebody listens and closed with the user's client. */
export function subscriptions(port: RedisPort): Subscriptions {
  const channels = new Map<string, Set<ChannelListener>>();
  let subscriber: SubscriberPort | undefined;
  let closing: NodeJS.Timeout | undefined;

  const listenersOf = (channel: string) => [...(channels.get(channel) ?? [])];
  async function listen(channel: string, told: () => readonly ChannelListener[]): Promise<void> {
    try {
      await subscriber?.subscribe(channel);
      for (const listener of told()) listener.onListening?.();
    } catch {
      // No connection: it is said again when there is one.
    }
  }
  function open(): SubscriberPort {
    const opened = port.openSubscriber((channel, message) => {
      for (const listener of listenersOf(channel)) listener.onMessage(message);
    });
    subscriber = opened;
    opened.onReady(() => {
      if (subscriber !== opened) return;
      for (const channel of channels.keys()) void listen(channel, () => listenersOf(channel));
    });
    return opened;
  }
  function close(): void {
    clearTimeout(closing);
    subscriber?.close();
    subscriber = undefined;
  }
  function leave(channel: string, listener: ChannelListener): void {
    const listeners = channels.get(channel);
    if (listeners === undefined || !listeners.delete(listener) || listeners.size > 0) return;
    channels.delete(channel);
    subscriber?.unsubscribe(channel).catch(() => {}); // no connection: then there is nothing to unsubscribe from
    if (channels.size > 0) return;
    clearTimeout(closing);
    closing = setTimeout(() => channels.size === 0 && close(), idleMs);
    closing.unref();
  }

  port.onEnd(close);
  port.onReady(() => {
    if (channels.size > 0 && subscriber === undefined) open();
  });
  return {
    add(channel, listener) {
      const listeners = channels.get(channel) ?? new Set();
      channels.set(channel, listeners.add(listener));
      if (subscriber === undefined) open();
      else void listen(channel, () => (listeners.has(listener) ? [listener] : []));
      return () => leave(channel, listener);
    },
  };
}
