// Whether hostile text makes the masker or the injection signal slow: every seed at 5, 10 and 20 KB, with the exponent
// at which time grows (1 is linear, 2 quadratic). Fails above 1.3, and above 50 milliseconds of CPU for 20 KB. Then tells
// how long 1 MB of the slowest seeds takes to mask, and how long other requests wait meanwhile.
//   npm run probe:redos                 and --all to list every seed
import { detectInjection, patternMasker } from "@levqor/core";
import { hostileSeeds, repeatTo } from "../packages/core/src/mask/hostile-seeds.test-support.js";
import { runMain } from "./run.mjs";
import { tellRows } from "./score/tell-rows.mjs";

const kilobyte = 1024;
const sizes = [5, 10, 20];
const mostExponent = 1.3;
const mostMilliseconds = 50;
/** Below it the machine decides, not the text. */
const leastMilliseconds = 2;
const rounds = 5;
const mostRepeats = 3;
const listed = 10;
const megabyte = 1024 * kilobyte;
const megabyteSeeds = 5;
/** Shorter waits are the idle loop's own. */
const leastWaitMilliseconds = 1;

/** @typedef {{ what: string, seed: string, milliseconds: readonly number[], exponent: number }} Probe */

const masker = patternMasker();
const masked = await masker.mask("ada@example.com", {});

/** With a masker that has not met the text: it remembers clean ones. @param {string} text */
const mask = (text) => patternMasker().mask(text, {});

/** @type {Record<string, (text: string) => unknown>} */
const subjects = {
  mask,
  "mask, framed": (text) => mask(`@${text}!`),
  "mask, as JSON": (text) => mask(JSON.stringify(text.match(/.{1,40}/gs))),
  restore: (text) => masked.restore(text),
  detectInjection: (text) => detectInjection(text),
};

/** The best of some rounds, as other work on the machine only ever adds. @param {() => unknown} run */
async function cpuMilliseconds(run) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(started);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** The slope of time over size, both as logarithms. @param {readonly number[]} milliseconds */
function exponentOf(milliseconds) {
  const points = milliseconds.map((time, index) => ({
    x: Math.log(sizes[index] ?? 1),
    y: Math.log(Math.max(time, leastMilliseconds)),
  }));
  const mean = (/** @type {"x" | "y"} */ key) =>
    points.reduce((sum, point) => sum + point[key], 0) / points.length;
  const x = mean("x");
  const y = mean("y");
  const rise = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return rise / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

/** @returns {Promise<Probe[]>} */
async function probeAll() {
  const probes = [];
  for (const [what, run] of Object.entries(subjects))
    for (const seed of hostileSeeds) probes.push(await probe(what, seed, run));
  return probes;
}

/**
 * What looks bad is measured anew: a collection of garbage looks like growth.
 * @param {string} what @param {string} seed @param {(text: string) => unknown} run @returns {Promise<Probe>}
 */
async function probe(what, seed, run) {
  const texts = sizes.map((size) => repeatTo(seed, size * kilobyte));
  const milliseconds = texts.map(() => Number.POSITIVE_INFINITY);
  for (let attempt = 0; ; attempt++) {
    for (const [index, text] of texts.entries())
      milliseconds[index] = Math.min(milliseconds[index] ?? 0, await cpuMilliseconds(() => run(text)));
    const measured = { what, seed, milliseconds, exponent: exponentOf(milliseconds) };
    if (!isBad(measured) || attempt === mostRepeats) return measured;
  }
}

const slowest = (/** @type {Probe} */ { milliseconds }) => milliseconds.at(-1) ?? 0;
const isBad = (/** @type {Probe} */ probe) =>
  probe.exponent > mostExponent || slowest(probe) > mostMilliseconds;

/** Masks 1 MB: for how long in all, and how long others wait for their turn. @param {string} seed */
async function maskMegabyte(seed) {
  const text = repeatTo(seed, megabyte);
  const milliseconds = await cpuMilliseconds(() => masker.mask(text, {}));
  /** @type {number[]} */
  const waits = [];
  let last = process.cpuUsage();
  const tick = () => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    waits.push((user + system) / 1000);
    next = setImmediate(tick);
  };
  let next = setImmediate(tick);
  await masker.mask(text, {});
  clearImmediate(next);
  const long = waits.filter((wait) => wait >= leastWaitMilliseconds).toSorted((left, right) => left - right);
  return {
    seed: JSON.stringify(seed),
    "1 MB ms": milliseconds.toFixed(0),
    "wait p99 ms": (long[Math.floor(long.length * 0.99)] ?? 0).toFixed(1),
    "longest wait ms": (long.at(-1) ?? 0).toFixed(1),
  };
}

await runMain(async () => {
  for (const run of Object.values(subjects))
    for (const seed of hostileSeeds) await run(repeatTo(seed, kilobyte));
  const probes = (await probeAll()).toSorted((left, right) => slowest(right) - slowest(left));
  const bad = probes.filter(isBad);
  const told = process.argv.includes("--all") ? probes : [...new Set([...bad, ...probes.slice(0, listed)])];
  tellRows(
    told.map(({ what, seed, milliseconds, exponent }) => ({
      what,
      seed: JSON.stringify(seed),
      ...Object.fromEntries(sizes.map((size, index) => [`${size} KB ms`, milliseconds[index]?.toFixed(1)])),
      exponent: exponent.toFixed(2),
    })),
  );
  const most = Math.max(...probes.map(({ exponent }) => exponent));
  const longest = Math.max(...probes.map(slowest));
  console.log(
    `${hostileSeeds.length} seeds: growth exponent at most ${most.toFixed(2)} (limit ${mostExponent}), ` +
      `20 KB at most ${longest.toFixed(1)} ms (limit ${mostMilliseconds}); ${bad.length} too slow`,
  );
  const slowestSeeds = probes.filter(({ what }) => what === "mask").slice(0, megabyteSeeds);
  const megabytes = [];
  for (const { seed } of slowestSeeds) megabytes.push(await maskMegabyte(seed));
  tellRows(megabytes);
  return bad.length === 0 ? 0 : 1;
});
