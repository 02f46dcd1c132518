// Another detector of prompt injection, when a folder has it: npm i @andersmyrmel/vard@1.2.0
// (@presidio-dev/hai-guardrails 1.12.0 does not start as published: its worker's path is that of the build machine.)
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** @typedef {{ name: string, flags: (text: string) => boolean }} Rival */

/** @param {string} folder @returns {Promise<Rival[]>} */
export async function loadRivals(folder) {
  const entry = join(folder, "node_modules/@andersmyrmel/vard/dist/index.js");
  const { default: vard } = await import(pathToFileURL(entry).href);
  return [{ name: "vard 1.2.0", flags: (text) => !vard.safe(text).safe }];
}
