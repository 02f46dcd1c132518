// Runs a server as a process of its own: random port on 127.0.0.1, temporary folder, nothing left behind.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const READY_WITHIN_MS = 30_000;

/**
 * @typedef {{ uid: number, gid: number }} Account
 * @typedef {{ url: string, stop: () => Promise<void> }} RunningService
 * @typedef {object} ServerRecipe
 * @property {string} name for messages and the folder's name
 * @property {(port: number, folder: string) => { program: string, args: string[] }} command
 * @property {(port: number) => Promise<boolean>} isReady
 * @property {(port: number) => string} url
 * @property {NodeJS.Signals} stopSignal
 * @property {Account} [account] runs the server as this account, which then owns the folder
 * @property {(folder: string) => void} [prepare] fills the folder before the start
 */

/** @returns {Promise<number>} */
async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Can every account enter the folder? @param {string} folder @returns {boolean} */
function isReachable(folder) {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return dirname(folder) === folder || isReachable(dirname(folder));
}

/** @param {ServerRecipe} recipe @returns {string} */
function makeFolder(recipe) {
  const parent = recipe.account === undefined || isReachable(tmpdir()) ? tmpdir() : "/tmp";
  const folder = mkdtempSync(join(parent, `levqor-${recipe.name}-`));
  chmodSync(folder, 0o700);
  if (recipe.account !== undefined) chownSync(folder, recipe.account.uid, recipe.account.gid);
  return folder;
}

/**
 * A process that notices the end of ours (its stdin closes, even on SIGKILL) and then stops the server.
 * @param {number} pid @param {ServerRecipe} recipe @param {string} folder
 */
function startGuard(pid, recipe, folder) {
  const code = `process.on("SIGINT",()=>{});process.stdin.resume().on("end",()=>{
    try{process.kill(${pid},${JSON.stringify(recipe.stopSignal)})}catch{}
    setTimeout(()=>require("fs").rmSync(${JSON.stringify(folder)},{recursive:true,force:true}),1500)})`;
  const guard = spawn(process.execPath, ["-e", code], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  guard.unref();
  /** @type {import("node:net").Socket} */ (guard.stdin).unref();
  return guard;
}

/** @param {import("node:child_process").ChildProcess} child @returns {boolean} */
const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/** @param {ServerRecipe} recipe @returns {Promise<RunningService>} */
async function launchOnce(recipe) {
  const folder = makeFolder(recipe);
  const log = join(folder, "server.log");
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let child;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let guard;
  const stop = async () => {
    guard?.kill("SIGKILL");
    if (child !== undefined && !hasEnded(child)) {
      const ended = once(child, "exit");
      child.ref();
      child.kill(recipe.stopSignal);
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    recipe.prepare?.(folder);
    const port = await freePort();
    const { program, args } = recipe.command(port, folder);
    const output = openSync(log, "a");
    child = spawn(program, args, { cwd: folder, stdio: ["ignore", output, output], ...recipe.account });
    await once(child, "spawn");
    child.unref();
    guard = startGuard(child.pid ?? 0, recipe, folder);
    for (const end = Date.now() + READY_WITHIN_MS; !(await recipe.isReady(port)); await delay(15)) {
      if (!hasEnded(child) && Date.now() < end) continue;
      throw new Error(`${recipe.name} did not start:\n${readFileSync(log, "utf8").slice(-2000)}`);
    }
    return { url: recipe.url(port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Another process can take the probed port before the server binds it: a second try picks another one.
 * @param {ServerRecipe} recipe @returns {Promise<RunningService>}
 */
export async function launch(recipe) {
  try {
    return await launchOnce(recipe);
  } catch {
    return await launchOnce(recipe);
  }
}
