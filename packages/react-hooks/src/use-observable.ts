"use client";

import type { Observable } from "@levqor/core/client";
import { useEffect, useSyncExternalStore } from "react";

/**
 * Renders with the state of a run or a thread, and stops it when the component goes or gets another one. What it holds
 * stays: StrictMode and hidden activities mount again.
 */
export function useObservable<State>(source: Observable<State> & { stop(): void }): State {
  useEffect(() => source.stop, [source]);
  return useSyncExternalStore(source.subscribe, source.getState, source.getState);
}
