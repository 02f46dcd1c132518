import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { buildSite } from "../../../examples/levqor/scripts/build-site.js";

/** A build of the example's site that a test has for itself. */
export interface TestSite {
  readonly directory: string;
  remove(): void;
}

/** Builds the site as it is in the sources now. */
export async function buildTestSite(plugins?: Parameters<typeof buildSite>[0]["plugins"]): Promise<TestSite> {
  const directory = mkdtempSync(join(tmpdir(), "levqor-site-"));
  // The build that visitors get: vitest's own NODE_ENV would make it a development build.
  vi.stubEnv("NODE_ENV", "production");
  await buildSite({ outDirectory: directory, plugins });
  vi.unstubAllEnvs();
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
