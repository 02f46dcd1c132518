import "vitest";

declare module "vitest" {
  /** What tests/global-setup.ts hands to the tests: `inject("chromiumPath")`. */
  export interface ProvidedContext {
    /** The program of a Chromium on this machine, for playwright-core's `executablePath`. */
    chromiumPath: string;
  }
}
