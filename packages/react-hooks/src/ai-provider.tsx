"use client";

import { type AiClientOptions, createAiClient, type TaskClient } from "@levqor/core/client";
import { type ReactElement, type ReactNode, useInsertionEffect, useMemo, useRef } from "react";
import { type AiSession, AiSessionContext } from "./ai-session.js";
import { createTabStorage } from "./tab-storage.js";

/** Props of {@link AiProvider}. */
export interface AiProviderProps {
  /** A client made with `createAiClient`; then `baseUrl` and `headers` are its own. @default made by the provider */
  readonly client?: TaskClient | undefined;
  /** Where the gateway is mounted: a path, or a whole URL. @default "/api/ai" */
  readonly baseUrl?: string | undefined;
  /** Sent with each call, always as of the last render; a function is asked before each call. @default none */
  readonly headers?: AiClientOptions["headers"];
  /**
   * Who is signed in: an id of user and tenant. When it changes, running calls are aborted and the hooks below forget
   * their messages and replies, also those kept for a reload (`persist`), so that nobody sees another one's.
   * @default undefined
   */
  readonly identity?: string | undefined;
  readonly children?: ReactNode;
}

/**
 * Gives the hooks below it their client.
 *
 * @example
 * <AiProvider identity={user?.id} headers={() => ({ authorization: `Bearer ${session.token}` })}>
 *   <HelpPanel />
 * </AiProvider>
 */
export function AiProvider({ client, baseUrl, headers, identity, children }: AiProviderProps): ReactElement {
  const latestHeaders = useRef(headers);
  // Before every other effect of the commit: a call that an effect below starts sends the new user's headers.
  useInsertionEffect(() => {
    latestHeaders.current = headers;
  });
  const resolvedClient = useMemo(
    () => client ?? createAiClient({ baseUrl, headers: () => resolve(latestHeaders.current) }),
    [client, baseUrl],
  );
  const session = useMemo<AiSession>(
    () => ({ client: resolvedClient, storage: createTabStorage(identity) }),
    [resolvedClient, identity],
  );
  const latestSession = useRef(session);
  // Before the hooks below look for what the new session has kept.
  useInsertionEffect(() => {
    if (latestSession.current !== session) latestSession.current.storage.end();
    latestSession.current = session;
  }, [session]);
  return <AiSessionContext.Provider value={session}>{children}</AiSessionContext.Provider>;
}

const resolve = (headers: AiClientOptions["headers"]) =>
  typeof headers === "function" ? headers() : (headers ?? {});
