import type { Clock } from "@levqor/core";

/** What `luaNow` takes: the time of a clock that was given, or nothing for the server's own. */
export const nowArgument = (clock: Clock | undefined): string =>
  clock === undefined ? "" : String(Math.floor(clock.now()));
