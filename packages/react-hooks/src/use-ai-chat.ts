"use client";

import {
  type ChatContext,
  type ChatThread,
  type ChatThreadState,
  createChatThread,
  type DegradedReason,
} from "@levqor/core/client";
import { useInsertionEffect, useMemo } from "react";
import { useAiSession } from "./ai-session.js";
import { useObservable } from "./use-observable.js";

/** Options of {@link useAiChat}. */
export interface UseAiChatOptions {
  /** Where the user is; a new one holds from the next question on. @default none */
  readonly context?: ChatContext | undefined;
  /**
   * Names this conversation in the page, so that a reload does not lose it: the latest 40 messages stay in the tab
   * (`sessionStorage`), and an answer that was still coming goes on, if the server lets it (`onDisconnect: "continue"`).
   * Else the question stays, with an error and `retry`. @default nothing is kept
   */
  readonly persist?: string | undefined;
}

/** What {@link useAiChat} returns. The functions stay the same between renders. */
export interface UseAiChat extends ChatThreadState, Pick<ChatThread, "send" | "stop" | "retry" | "reset"> {
  /** A question is out, whether text has come or not. */
  readonly isLoading: boolean;
  /** Why the last answer is a local one in place of a model's; a page tells its user. */
  readonly degraded: DegradedReason | undefined;
}

/**
 * A conversation with the `chat` task. The answer is stopped when the component goes (with `persist`: it goes on until
 * the component is back); everything is forgotten when the provider's `identity` changes.
 *
 * @throws Error without an {@link AiProvider}
 * @example
 * const { messages, send, stop, retry, isLoading, error } = useAiChat({ context: { page: "pricing" } });
 */
export function useAiChat({ context, persist }: UseAiChatOptions = {}): UseAiChat {
  const { client, storage } = useAiSession("useAiChat");
  const thread = useMemo(
    () =>
      createChatThread(client, {
        storage: persist === undefined ? undefined : storage.of("chat", persist),
      }),
    [client, storage, persist],
  );
  // Before other effects of the commit, one of which may ask.
  useInsertionEffect(() => thread.setContext(context));
  const state = useObservable(thread);
  return useMemo(() => {
    const { send, stop, retry, reset } = thread;
    const isLoading = state.status === "submitted" || state.status === "streaming";
    const degraded = state.messages.at(-1)?.metadata?.degraded;
    return { ...state, isLoading, degraded, send, stop, retry, reset };
  }, [thread, state]);
}
