// Mutated requests against a real server: the router before and behind express.json(), and the fetch handler in Hono.
//   npm run fuzz
//   npm run fuzz -- --requests=5000 --seed=7        the same seed sends the same requests
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { fuzzEdge } from "../tests/support/edge/fuzz/fuzz-edge.js";
import { runMain } from "./run.mjs";

await runMain(async () => {
  const options = /** @type {const} */ ({ requests: { type: "string" }, seed: { type: "string" } });
  const { values } = parseArgs({ options });
  const requests = Number(values.requests ?? 100_000);
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  console.log(`seed ${seed}, ${requests} requests`);
  const started = performance.now();
  const { replies, problems } = await fuzzEdge({ seed, requests });
  const seconds = (performance.now() - started) / 1000;
  for (const [reply, count] of Object.entries(replies).sort(([, a], [, b]) => b - a))
    console.log(`${String(count).padStart(8)}  ${reply}`);
  for (const problem of problems) console.error(problem);
  console.log(`${problems.length} problems; took ${seconds.toFixed(0)} s`);
  return problems.length === 0 ? 0 : 1;
});
