/** Wakes one who waits; a ring that nobody hears is heard by the next. */
export interface Bell {
  ring(): void;
  /** Resolves when it has rung, after `waitMs` at the latest. */
  heard(waitMs: number): Promise<void>;
}

/** Makes a bell that has not rung. */
export function bell(): Bell {
  let isRung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      isRung = true;
      wake?.();
    },
    heard(waitMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => wake?.(), waitMs);
        wake = () => {
          clearTimeout(timer);
          wake = undefined;
          isRung = false;
          resolve();
        };
        if (isRung) wake();
      });
    },
  };
}
