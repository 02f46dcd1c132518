/** State that tells when it changes. */
export interface Observable<State> {
  /** The current state: immutable, and the same object until it changes. */
  getState(): State;
  /** Calls back after each change; the returned function ends that. */
  subscribe(listener: () => void): () => void;
}

/** An {@link Observable} with its other end. */
export interface Store<State> extends Observable<State> {
  setState(state: State): void;
}

/** Holds one state and its listeners. */
export function createStore<State>(state: State): Store<State> {
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    subscribe(listener) {
      // A wrapper of its own, so that the same function may subscribe twice.
      const entry = () => listener();
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    setState(next) {
      state = next;
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          // A listener's defect is reported as uncaught; it must not end the call that it listens to.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
