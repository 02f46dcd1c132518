// What `npm start`, `npm test` and `npm run check` need first: the right Node, the packages installed and built.
// Each step runs only when its inputs changed; their hashes lie in node_modules/.stamps.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const STAMPS = join(ROOT, "node_modules", ".stamps");
/** What is published: folders of `packages/`, in the order they are built. */
export const PACKAGES = [
  "core",
  "anthropic",
  "ai-sdk",
  "redis",
  "postgres",
  "express-adapter",
  "react-hooks",
];
const PACKAGE_FOLDERS = PACKAGES.map((name) => `packages/${name}`);
const SITE = "examples/levqor";
const NOT_INPUTS = new Set(["node_modules", "dist", ".tsc", "coverage"]);

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} inputs files and folders
 * @property {string[]} outputs must exist for the step to count as done
 * @property {string[]} command arguments of npm
 */

/** @type {Step} */
const INSTALL = {
  name: "install",
  inputs: ["package-lock.json", ".npmrc"],
  outputs: ["node_modules/.package-lock.json"],
  command: ["ci"],
};

/** @param {string} folder @returns {string} what its manifest names as the module */
const mainFileOf = (folder) =>
  join(folder, JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")).module);

/** @type {Step} */
const BUILD = {
  name: "build",
  inputs: ["package-lock.json", "tsup.config.ts", "tsconfig.base.json", ...PACKAGE_FOLDERS],
  outputs: PACKAGE_FOLDERS.map(mainFileOf),
  command: ["run", "--silent", "build"],
};

/** @type {Step} */
const BUILD_SITE = {
  name: "site",
  inputs: [...BUILD.inputs, SITE],
  outputs: [`${SITE}/dist/site/index.html`],
  command: ["run", "--silent", "build", "-w", SITE],
};

/** @param {string} path absolute @param {import("node:crypto").Hash} hash @returns {void} */
function addToHash(path, hash) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    hash.update(path.slice(ROOT.length)).update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!NOT_INPUTS.has(name)) addToHash(join(path, name), hash);
  }
}

/** @param {Step} step @returns {string} */
function hashOf(step) {
  const hash = createHash("sha256").update(process.version);
  for (const input of step.inputs) addToHash(join(ROOT, input), hash);
  return hash.digest("hex");
}

/** @param {Step} step @returns {void} */
function runStep(step) {
  const stamp = join(STAMPS, step.name);
  const hash = hashOf(step);
  const hasOutputs = step.outputs.every((file) => existsSync(join(ROOT, file)));
  if (hasOutputs && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  const start = Date.now();
  console.log(`prepare: npm ${step.command.join(" ")} …`);
  const output = step === INSTALL ? "inherit" : "pipe";
  const result = spawnSync("npm", step.command, {
    cwd: ROOT,
    stdio: ["ignore", output, output],
    encoding: "utf8",
  });
  if (result.status !== 0) {
    throw new Error(`npm ${step.command.join(" ")} failed\n${result.stdout ?? ""}${result.stderr ?? ""}`);
  }
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, hash);
  console.log(`prepare: ${step.name} done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** @returns {void} */
function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const [major = 0, minor = 0] = engines.node.match(/\d+/g).map(Number);
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new Error(`Node ${engines.node} is needed, this is ${process.version}.`);
}

/** Installs, builds the packages and the Levqor site, as far as something changed. @returns {void} */
export function prepare() {
  checkNode();
  for (const step of [INSTALL, BUILD, BUILD_SITE]) runStep(step);
}
