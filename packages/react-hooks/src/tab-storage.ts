import type { RunStorage } from "@levqor/core/client";

/** What the hooks below a provider keep in this tab for one identity, so that it survives a reload. */
export interface TabStorage {
  /** Where a hook keeps its task; `place` tells it from the others of that task. */
  of(task: string, place: string): RunStorage;
  /** Forgets all of it, also what hooks have kept that are not on the page now, and keeps nothing from now on. */
  end(): void;
}

/** The session storage of this tab, of which each identity has a part of its own. Not touched before a hook needs it. */
export function createTabStorage(identity: string | undefined): TabStorage {
  const owner = ["levqor-ai", identity ?? null];
  let isOver = false;
  const store: RunStorage["store"] = {
    getItem: (key) => (isOver ? null : sessionStorage.getItem(key)),
    setItem: (key, text) => isOver || sessionStorage.setItem(key, text),
    removeItem: (key) => sessionStorage.removeItem(key),
  };
  return {
    of: (task, place) => ({ key: JSON.stringify([...owner, task, place]), store }),
    end() {
      isOver = true;
      const beginning = JSON.stringify(owner).replace(/\]$/, ",");
      try {
        const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(beginning));
        for (const key of keys) sessionStorage.removeItem(key);
      } catch {
        // Storage that is blocked holds nothing.
      }
    },
  };
}
