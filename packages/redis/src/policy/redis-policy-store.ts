import { invalidConfig, type PolicyStore } from "@levqor/core";
import { openStore, type RedisStoreOptions } from "../connection/open-store.js";
import { publishPolicy } from "./publish-policy.js";
import { readPolicy } from "./read-policy.js";

/**
 * Keeps the policy in Redis: every process follows it as soon as it is published, over pub/sub, and reads it again when
 * its connection was lost meanwhile. The policy is one key, `<prefix>policy`, in Redis Cluster anywhere.
 *
 * A publication that fails with `store_unavailable` may be in force all the same: read, and look at the version.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * const store = redisPolicyStore({ client: new Redis() });
 * await store.publish({ version: 1, switches: { tasks: { chat: false } } });
 */
export function redisPolicyStore(options: RedisStoreOptions): PolicyStore {
  const { connection, prefix } = openStore(options, "redisPolicyStore");
  const key = `${prefix}policy`;
  return {
    async read() {
      const text = await connection.run(readPolicy, [key]);
      return text === null ? undefined : JSON.parse(String(text));
    },
    watch(onChange, signal) {
      if (signal.aborted) return;
      const look = () => void onChange().catch(() => {}); // the gateway tells what is wrong with a document
      const stop = connection.subscribe(key, { onMessage: look, onListening: look });
      signal.addEventListener("abort", stop, { once: true });
    },
    async publish(document) {
      const { version } = document;
      const given = [version, JSON.stringify(document), crypto.randomUUID(), key];
      const current = Number(await connection.run(publishPolicy, [key], given));
      if (version === current + 1) return;
      const problem = `version: must be ${current + 1}, the next one`;
      throw invalidConfig("The policy stays as it was", [problem]);
    },
  };
}
