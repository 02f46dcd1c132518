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

  const { listen, forget } = channelCommands(channels, () => subscriber);
  const listenersOf = (channel: string) => [...(channels.get(channel) ?? [])];
  function open(): SubscriberPort {
    const opened = port.openSubscriber((channel, message) => {
      for (const listener of listenersOf(channel)) listener.onMessage(message);
    });
    subscriber = opened;
    opened.onReady(() => {
      if (subscriber !== opened) return;
      for (const channel of channels.keys()) listen(channel, () => listenersOf(channel));
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
    forget(channel);
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
      else listen(channel, () => (listeners.has(listener) ? [listener] : []));
      return () => leave(channel, listener);
    },
  };
}

/** Subscribes and unsubscribes, one after the other: a client may lose a channel that is left and listened to at once. */
function channelCommands(
  channels: ReadonlyMap<string, unknown>,
  subscriber: () => SubscriberPort | undefined,
) {
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work).catch(() => {}); // no connection: what is listened to is said again when there is one
  };
  return {
    /** Tells the listeners once the channel is listened to. */
    listen: (channel: string, told: () => readonly ChannelListener[]) =>
      inTurn(async () => {
        if (!channels.has(channel)) return;
        await subscriber()?.subscribe(channel);
        for (const listener of told()) listener.onListening?.();
      }),
    /** Leaves the channel, unless somebody listens again. */
    forget: (channel: string) =>
      inTurn(async () => {
        if (!channels.has(channel)) await subscriber()?.unsubscribe(channel);
      }),
  };
}
