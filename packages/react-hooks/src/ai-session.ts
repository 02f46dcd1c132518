"use client";

import type { TaskClient } from "@levqor/core/client";
import { createContext, useContext } from "react";
import type { TabStorage } from "./tab-storage.js";

/** One client for one identity. A new object means: forget everything that the hooks hold. */
export interface AiSession {
  readonly client: TaskClient;
  readonly storage: TabStorage;
}

/** Set by AiProvider. */
export const AiSessionContext = createContext<AiSession | undefined>(undefined);

/** The session of the nearest provider. `hook` names the caller in the error. */
export function useAiSession(hook: string): AiSession {
  const session = useContext(AiSessionContext);
  if (session === undefined) {
    throw new Error(`${hook} needs a provider above it: wrap this part of the page in <AiProvider>.`);
  }
  return session;
}
