// Hosts one contender in a process of its own: `{ contender, asks, settings }` as JSON in its first argument, modules by their
// address. Says which jobs there are, then measures what it is asked: `{ job, lanes, ms }`.
import { closedLoop } from "./closed-loop.mjs";

const { contender, asks, settings } = JSON.parse(process.argv[2]);

/** A failure is an answer too. */
async function send(answer) {
  process.send(await answer().catch((error) => ({ failed: `${error?.message ?? error}` })));
}

let jobs = {};
let own = {};
await send(async () => {
  own = await (await import(contender)).setup(settings);
  jobs = await (await import(asks)).asks(own);
  return { jobs: Object.keys(jobs), facts: own.facts };
});
process.on("message", ({ job, lanes, ms }) => send(() => closedLoop(jobs[job], { lanes, ms })));
process.on("disconnect", async () => {
  await own.close?.();
  process.exit(0);
});
