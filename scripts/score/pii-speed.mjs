// How long masking takes: a prompt of one kilobyte, and long clean text.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../prepare.mjs";

const prompts = 2000;
/** So many that the engine has compiled what is hot. */
const warmUps = 2000;
const cleanRounds = 10;

/** The project's own guides: prose, tables, code, versions. */
function cleanText() {
  const folder = join(ROOT, "docs/guide");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

/** One kilobyte of prose with three values. @param {string} prose @param {number} index */
function prompt(prose, index) {
  const start = (index * 379) % (prose.length - 1024);
  const values = ` Write to ada${index}@example.com or +44 20 7946 0${100 + (index % 900)}, card 4111 1111 1111 1111. `;
  return prose.slice(start, start + 1024 - values.length) + values;
}

/** @param {(text: string) => unknown} mask @returns {Promise<{ p50: number, p99: number, "MB/s clean": number }>} milliseconds, megabytes a second */
export async function timeMasking(mask) {
  const prose = cleanText();
  /** @type {number[]} */
  const times = [];
  for (let index = -warmUps; index < prompts; index++) {
    const text = prompt(prose, index + warmUps);
    const took = await millisecondsOf(() => mask(text));
    if (index >= 0) times.push(took);
  }
  times.sort((left, right) => left - right);
  const at = (/** @type {number} */ part) => times[Math.floor(times.length * part)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), "MB/s clean": await megabytesASecond(mask, prose) };
}

/** The best of a few rounds. @param {(text: string) => unknown} mask @param {string} text */
async function megabytesASecond(mask, text) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < cleanRounds; round++) {
    best = Math.min(best, await millisecondsOf(() => mask(text)));
  }
  return Buffer.byteLength(text) / 1e6 / (best / 1e3);
}

/** On a busy machine the clock counts other programs too, and with other threads the processor counts more. @param {() => unknown} run */
async function millisecondsOf(run) {
  const started = performance.now();
  const processor = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(processor);
  return Math.min(performance.now() - started, (user + system) / 1000);
}
