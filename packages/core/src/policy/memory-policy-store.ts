import { invalidConfig } from "../errors/invalid-config.js";
import type { PolicyDocument } from "./policy-document.js";
import type { PolicyStore } from "./policy-source.js";

/**
 * A policy in this process: what is published is in force when `publish` resolves.
 *
 * @example
 * const store = memoryPolicyStore({ version: 1 });
 * await store.publish({ version: 2, switches: { tasks: { chat: false } } });
 */
export function memoryPolicyStore(document?: PolicyDocument): PolicyStore {
  let current = document === undefined ? undefined : structuredClone(document);
  const watchers = new Set<() => Promise<void>>();
  return {
    read: async () => structuredClone(current),
    watch(onChange, signal) {
      watchers.add(onChange);
      signal.addEventListener("abort", () => watchers.delete(onChange), { once: true });
    },
    async publish(next) {
      const expected = (current?.version ?? 0) + 1;
      if (next.version !== expected)
        throw invalidConfig("The policy stays as it was", [`version: must be ${expected}, the next one`]);
      current = structuredClone(next);
      await Promise.all([...watchers].map((onChange) => onChange()));
    },
  };
}
