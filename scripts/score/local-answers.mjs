// How long the built-in tasks take to answer without a model, and whether the same input always gets the same answer:
// the questions are asked again in processes with other time zones and languages.
//   npx tsx --conditions=@levqor/source scripts/score/local-answers.mjs
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createAiGateway } from "@levqor/core";
import { memoryAuditSink } from "@levqor/core/testing";
import { isMain } from "../is-main.mjs";
import { localQuestions } from "./local-questions.mjs";

const rounds = 20;
const places = [
  { TZ: "UTC", LANG: "en_US.UTF-8" },
  { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8" },
  { TZ: "America/St_Johns", LANG: "C" },
];

/** @typedef {{ task: string, p50: number, p95: number, calls: number }} TaskTime milliseconds */

/** A gateway that answers locally and writes nothing. */
export function localGateway() {
  const unlimited = {
    consume: () => ({ allowed: /** @type {const} */ (true), limits: [] }),
  };
  return createAiGateway({
    rateLimiter: unlimited,
    auditSink: memoryAuditSink(),
    logger: { info() {}, warn() {}, error() {} },
  });
}

/** @returns {Promise<TaskTime[]>} */
export async function timeLocalAnswers() {
  const gateway = localGateway();
  /** @type {Map<string, number[]>} */
  const times = new Map();
  for (let round = 0; round <= rounds; round++) {
    for (const { task, input } of localQuestions) {
      const started = performance.now();
      await askTask(gateway, task, input);
      const took = performance.now() - started;
      if (round > 0) times.set(task, [...(times.get(task) ?? []), took]); // the first round is the warm-up
    }
  }
  return [...times].map(([task, taken]) => {
    const sorted = taken.toSorted((left, right) => left - right);
    const at = (/** @type {number} */ share) => sorted[Math.floor(sorted.length * share)] ?? 0;
    return { task, p50: at(0.5), p95: at(0.95), calls: sorted.length };
  });
}

/** @param {import("@levqor/core").AiGateway} gateway @param {string} task @param {object} input */
export async function askTask(gateway, task, input) {
  const known = gateway.tasks[task];
  if (known === undefined) throw new Error(`There is no task "${task}".`);
  return gateway.run(known, input);
}

/** One fingerprint of all answers, without what a call has of its own. */
async function digestAnswers() {
  const gateway = localGateway();
  const hash = createHash("sha256");
  for (const { task, input } of localQuestions) {
    const { metadata: _, ...answer } = await askTask(gateway, task, input);
    hash.update(JSON.stringify(answer));
  }
  return hash.digest("hex");
}

/** @returns {Promise<{ processes: number, digests: number }>} one digest is the aim */
export async function compareProcesses() {
  const digests = await Promise.all(places.map(digestIn));
  return { processes: digests.length, digests: new Set(digests).size };
}

/** @param {Record<string, string>} env @returns {Promise<string>} */
function digestIn(env) {
  const file = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [...process.execArgv, file, "--digest"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0
        ? resolve(text.trim())
        : reject(new Error(`A process of the comparison ended with ${code}.`)),
    );
  });
}

if (isMain(import.meta.url)) {
  if (process.argv.includes("--digest")) console.log(await digestAnswers());
  else console.log(await timeLocalAnswers(), await compareProcesses());
}
