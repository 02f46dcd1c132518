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
}

/** What {@link useAiChat} returns. The functions stay the same between renders. */
export interface UseAiChat extends ChatThreadState, Pick<ChatThread, "send" | "stop" | "retry" | "reset"> {
  /** A question is out, whether text has come or not. */
  readonly isLoading: boolean;
  /** Why the last answer is a local one in place of a model's; a page tells its user. */
  readonly degraded: DegradedReason | undefined;
}

/**
 * A conversation with the `chat` task. The answer is stopped when the component goes; everything is forgotten when the
 * provider's `identity` changes.
 *
 * @throws Error without an {@link AiProvider}
 * @example
 * const { messages, send, stop, retry, isLoading, error } = useAiChat({ context: { page: "pricing" } });
 */
export function useAiChat({ context }: UseAiChatOptions = {}): UseAiChat {
  const session = useAiSession("useAiChat");
  const thread = useMemo(() => createChatThread(session.client), [session]);
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
