import { type Clock, systemClock } from "../clock.js";

/** The machine's time, with timers that don't keep the process alive. */
export const unrefClock: Clock = {
  ...systemClock,
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
