import type { RunStorage } from "./kept-record.js";

/** For tests: a storage that can be looked into. */
export function memoryStorage() {
  const texts = new Map<string, string>();
  const storage: RunStorage = {
    key: "help",
    store: {
      getItem: (key) => texts.get(key) ?? null,
      setItem: (key, value) => void texts.set(key, value),
      removeItem: (key) => void texts.delete(key),
    },
  };
  return { storage, texts };
}
