import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";
import { browserFlags } from "../../../examples/levqor/scripts/drift/browser-flags.mjs";

/** A headless Chromium that calls nobody but the site. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject("chromiumPath"),
    headless: true,
    args: browserFlags,
  });
}
