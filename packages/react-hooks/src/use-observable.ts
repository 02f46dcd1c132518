"use client";

import type { ChatThread, Observable } from "@levqor/core/client";
import { useEffect, useSyncExternalStore } from "react";

/**
 * Renders with the state of a run or a thread: takes it up when the component is there, and leaves it when the component
 * goes or gets another one. What it holds stays: StrictMode and hidden activities mount again.
 */
export function useObservable<State>(
  source: Observable<State> & Pick<ChatThread, "resume" | "leave">,
): State {
  // Not before: a page that a server has rendered is the same at first, whatever this tab has kept.
  useEffect(() => {
    source.resume();
    return source.leave;
  }, [source]);
  return useSyncExternalStore(source.subscribe, source.getState, source.getState);
}
