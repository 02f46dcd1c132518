import { ask, start, stop } from "./child-process.mjs";
import { measuredRounds } from "./measured-rounds.mjs";

const host = new URL("./contender-host.mjs", import.meta.url);

/**
 * Starts each contender in a process of its own and measures the jobs one after the other, each in rounds. A contender is
 * warm when its first round begins: it did the same job for `warmMs`, and no garbage collection is forced, as that throws
 * compiled code away.
 *
 * Resolves to the figures by job, then by contender (an `Error` for one that failed), and to what contenders say of
 * themselves.
 */
export async function measureHosted({ contenders, asks, settings, jobs, rounds, warmMs, log }) {
  const children = new Map();
  const failed = new Map();
  const facts = new Map();
  for (const { name, module } of contenders) {
    try {
      const args = [JSON.stringify({ contender: module.href, asks: asks.href, settings })];
      const { child, first } = await start(host, { args });
      children.set(name, { child, jobs: first.jobs });
      facts.set(name, first.facts);
    } catch (error) {
      failed.set(name, error);
    }
  }
  const results = [];
  try {
    for (const job of jobs) {
      const { call, lanes, ms } = job;
      const able = [...children].filter(([, { jobs }]) => jobs.includes(call)).map(([name]) => name);
      const measure = (name, forMs) => ask(children.get(name).child, { job: call, lanes, ms: forMs });
      log(`${job.title}: ${able.join(", ")}`);
      const warmed = await measuredRounds(able, { rounds: 1, measure: (name) => measure(name, warmMs) });
      const ready = able.filter((name) => Array.isArray(warmed.get(name)));
      const figures = await measuredRounds(ready, { rounds, measure: (name) => measure(name, ms) });
      results.push({ job, figures: new Map([...failed, ...warmed, ...figures]) });
    }
  } finally {
    await Promise.all([...children.values()].map(({ child }) => stop(child)));
  }
  return { results, facts };
}
