// Installs Debian packages when this machine allows it: apt present, and root or password-less sudo.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const LOCK_WAIT_SECONDS = 300;
const POLICY_FILE = "/usr/sbin/policy-rc.d";

/** @returns {string[] | undefined} the words to put before a command that needs root */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const sudo = spawnSync("sudo", ["-n", "true"], { stdio: "ignore" });
  return sudo.status === 0 ? ["sudo", "-n"] : undefined;
}

/** @returns {boolean} */
export function canInstall() {
  if (process.env["SERVICES_APT"] === "0" || process.platform !== "linux") return false;
  return spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0 && rootPrefix() !== undefined;
}

/** @param {readonly string[]} words @returns {{ ok: boolean, output: string }} */
function asRoot(words) {
  const [program = "", ...args] = [
    ...(rootPrefix() ?? []),
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    ...words,
  ];
  const result = spawnSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return { ok: result.status === 0, output: `${result.stdout}${result.stderr}`.trim() };
}

/** `apt-get update` does not wait for the lock of the package lists by itself. @returns {void} */
function updateLists() {
  const end = Date.now() + LOCK_WAIT_SECONDS * 1000;
  for (;;) {
    const result = asRoot(["apt-get", "-qq", "update"]);
    if (result.ok || !/could not get lock/i.test(result.output) || Date.now() > end) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
  }
}

/**
 * Debian starts a service as soon as it is installed; a policy file that answers 101 keeps it from doing so.
 * @template T @param {() => T} action @returns {T}
 */
function withoutStartingServices(action) {
  const ours = !existsSync(POLICY_FILE);
  if (ours)
    asRoot(["sh", "-c", `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY_FILE} && chmod 755 ${POLICY_FILE}`]);
  try {
    return action();
  } finally {
    if (ours) asRoot(["rm", "-f", POLICY_FILE]);
  }
}

/** @param {readonly string[]} packages @returns {string | undefined} what went wrong */
export function aptInstall(packages) {
  updateLists();
  const wait = `DPkg::Lock::Timeout=${LOCK_WAIT_SECONDS}`;
  const command = ["apt-get", "-qq", "-y", "-o", wait, "install", "--no-install-recommends", ...packages];
  const result = withoutStartingServices(() => asRoot(command));
  return result.ok ? undefined : result.output.split("\n").slice(-5).join("\n");
}
