import type { NodeRedisClient } from "./redis-client.js";
import type { RedisPort, SubscriberPort } from "./redis-port.js";

/** Uses a client of node-redis. */
export function nodeRedisPort(client: NodeRedisClient): RedisPort {
  return {
    isReady: () => (Reflect.get(client, "isReady") ?? client.isOpen) === true,
    onReady: (callback) => void client.on(isCluster(client) ? "connect" : "ready", callback),
    onEnd: (callback) => void client.on("end", callback),
    evalSha: (sha, keys, args) => client.evalSha(sha, { keys: [...keys], arguments: [...args] }),
    evalText: (text, keys, args) => client.eval(text, { keys: [...keys], arguments: [...args] }),
    openSubscriber: (onMessage) => openSubscriber(client, onMessage),
  };
}

const isCluster = (client: NodeRedisClient) => "masters" in client;

/** What a copy has besides; `destroy` is called `disconnect` in node-redis 4. */
type Copy = NodeRedisClient & {
  connect(): Promise<unknown>;
  destroy?(): void;
  disconnect?(): Promise<unknown>;
};

function openSubscriber(
  client: NodeRedisClient,
  onMessage: (channel: string, message: string) => void,
): SubscriberPort {
  const copy = client.duplicate() as Copy;
  // Without a listener a lost connection would end the process; the copy reconnects by itself.
  copy.on("error", () => {});
  // One and the same function each time: a channel that is subscribed to again is not heard twice.
  const listener = (message: string, channel: string) => onMessage(channel, message);
  return {
    onReady(callback) {
      const connected = copy.connect();
      // A cluster subscribes by itself again when it has lost a node.
      if (isCluster(copy)) connected.then(callback, () => {});
      else copy.on("ready", callback);
      connected.catch(() => {}); // it gives up only when the user's own reconnect strategy says so
    },
    subscribe: (channel) => copy.subscribe(channel, listener),
    unsubscribe: (channel) => copy.unsubscribe(channel),
    close() {
      if (!copy.isOpen) return;
      if (copy.destroy === undefined) copy.disconnect?.().catch(() => {});
      else copy.destroy();
    },
  };
}
