import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../", import.meta.url);
const { dependencies } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));

/** Installs what bench/package.json names, unless it is there. Scripts of packages are not run. */
export function installPeers() {
  const names = Object.keys(dependencies);
  if (names.every((name) => existsSync(new URL(`node_modules/${name}/package.json`, folder)))) return;
  const { status } = spawnSync("npm", ["install", "--ignore-scripts"], { cwd: folder, stdio: "inherit" });
  if (status !== 0) throw new Error("The peers could not be installed.");
}
