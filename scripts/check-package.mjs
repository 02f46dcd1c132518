// Packs each package as it would be published and checks the tarball: publint, and attw for its types.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKAGES, ROOT } from "./prepare.mjs";

/** Files that must never ship. */
const UNWANTED = /\.test(-d|-support)?\.|\.tsc\/|tsbuildinfo$/;

/** @param {readonly string[]} args @returns {boolean} */
function passes(args) {
  const result = spawnSync("npx", ["--no-install", ...args], { cwd: ROOT, encoding: "utf8" });
  if (result.status !== 0) console.error(`${args.join(" ")}\n${result.stdout}${result.stderr}`);
  return result.status === 0;
}

/** @param {string} name @param {string} folder for the tarball @returns {string[]} what failed */
function checkPackage(name, folder) {
  const args = ["pack", "--silent", "--json", "--pack-destination", folder, "-w", `packages/${name}`];
  const [packed] = JSON.parse(execFileSync("npm", args, { cwd: ROOT, encoding: "utf8" }));
  const tarball = join(folder, packed.filename);
  /** @type {string[]} */
  const paths = packed.files.map((/** @type {{ path: string }} */ file) => file.path);
  const failures = paths.filter((path) => UNWANTED.test(path)).map((path) => `ships ${path}`);
  if (!paths.includes("LICENSE")) failures.push("ships no LICENSE");
  if (!passes(["publint", "run", tarball, "--strict"])) failures.push("publint");
  if (!passes(["attw", tarball, "--profile", "node16", "--no-emoji"])) failures.push("attw");
  console.log(`@levqor/${name}: ${paths.length} files, ${(packed.size / 1024).toFixed(1)} KiB packed`);
  return failures.map((failure) => `@levqor/${name}: ${failure}`);
}

const folder = mkdtempSync(join(tmpdir(), "levqor-pack-"));
try {
  const failures = PACKAGES.flatMap((name) => checkPackage(name, folder));
  for (const failure of failures) console.error(failure);
  console.log(`check-package: ${PACKAGES.length} packages, ${failures.length} problems`);
  if (failures.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
