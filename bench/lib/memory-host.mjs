// Hosts one contender (started with `--expose-gc`) and tells what it keeps in memory. `{ contender, settings }` as JSON in its
// first argument; told `{ calls }` or `{ streams }`, answers with bytes.

import { answer, personalQuestion, question } from "../prompt.mjs";
import { closedLoop } from "./closed-loop.mjs";
import { slope } from "./statistics.mjs";

const { contender, settings } = JSON.parse(process.argv[2]);
const own = await (await import(contender)).setup(settings);
const samples = 10;
let asked = 0;

function keptBytes() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** By how much one call lets the memory grow, once caches are as full as they get. */
async function growth(calls) {
  const call = async () => {
    if ((await own.chat(`${question} Ticket ${asked++}.`)) !== answer) throw new Error("wrong answer");
  };
  const kept = [];
  await closedLoop(call, { lanes: 64, calls: calls / 5 });
  for (let sample = 0; sample < samples; sample++) {
    await closedLoop(call, { lanes: 64, calls: calls / samples });
    kept.push(keptBytes());
  }
  return { bytesACall: slope(kept) / (calls / samples), megabytes: kept.at(-1) / 2 ** 20 };
}

/** What one stream takes that is open and has shown its first text; started by the hundred. */
async function ofStreams(streams) {
  const wave = 100;
  const failures = [];
  const begun = () =>
    new Promise((resolve, reject) => {
      own.stream(`${personalQuestion} Ticket ${asked++}.`, resolve).then(
        () => failures.push(new Error("a stream ended before it was measured")),
        (error) => reject(error) ?? failures.push(error),
      );
    });
  const startWave = () => Promise.all(Array.from({ length: wave }, begun));
  await startWave(); // what is made once
  const before = keptBytes();
  for (let started = 0; started < streams; started += wave) await startWave();
  const after = keptBytes();
  if (failures.length > 0) throw failures[0];
  return { bytes: (after - before) / streams };
}

process.on("message", async ({ calls, streams }) => {
  const measured = calls === undefined ? ofStreams(streams) : growth(calls);
  process.send(await measured.catch((error) => ({ failed: error.message })));
});
process.on("disconnect", () => process.exit(0));
process.send("ready");
