import "vitest";

declare module "vitest" {
  /** What the setups beside this file hand to the tests: `inject("chromiumPath")`. */
  export interface ProvidedContext {
    /** The program of a Chromium on this machine, for playwright-core's `executablePath`. */
    chromiumPath: string;
    /** What tests/stores-setup.ts hands to the tests of the stores. */
    redisUrl: string;
    databaseUrl: string;
  }
}
