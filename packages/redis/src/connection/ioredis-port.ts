import type { IoredisClient } from "./redis-client.js";
import type { RedisPort, SubscriberPort } from "./redis-port.js";

/** A client that has not been used yet connects with its first command. */
const sendsNow: ReadonlySet<string> = new Set(["ready", "wait"]);

/** Uses a client of ioredis. */
export function ioredisPort(client: IoredisClient): RedisPort {
  return {
    isReady: () => sendsNow.has(client.status),
    onReady: (callback) => void client.on("ready", callback),
    onEnd: (callback) => void client.on("end", callback),
    evalSha: (sha, keys, args) => client.evalsha(sha, keys.length, ...keys, ...args),
    evalText: (text, keys, args) => client.eval(text, keys.length, ...keys, ...args),
    openSubscriber: (onMessage) => openSubscriber(client, onMessage),
  };
}

/** Channels have no prefix of the client's; what is subscribed to is said again by us after each reconnection. */
const subscriberOptions = { keyPrefix: "", autoResubscribe: false, lazyConnect: false };

function openSubscriber(
  client: IoredisClient,
  onMessage: (channel: string, message: string) => void,
): SubscriberPort {
  // A cluster's first argument is a list of its nodes.
  const isCluster = "nodes" in client;
  const duplicate = client.duplicate as (...given: unknown[]) => unknown;
  const copy = duplicate.apply(client, isCluster ? [] : [subscriberOptions]) as IoredisClient;
  // Without a listener a lost connection would end the process; the copy reconnects by itself.
  copy.on("error", () => {});
  copy.on("message", (channel: string, message: string) => onMessage(channel, message));
  return {
    onReady: (callback) => void copy.on("ready", callback),
    subscribe: (channel) => copy.subscribe(channel),
    unsubscribe: (channel) => copy.unsubscribe(channel),
    close: () => copy.disconnect(),
  };
}
