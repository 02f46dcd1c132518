import { quantile } from "./statistics.mjs";

/**
 * Calls again and again, `lanes` at a time, each lane the next when its last has ended; for so many milliseconds, or so many
 * calls. The CPU is that of the whole process: its garbage collector and its helper threads are in it.
 *
 * `call` resolves to the moment of the first text of a stream, or to nothing. The first failure ends it all: a contender
 * that gives wrong answers has no figure.
 */
export async function closedLoop(
  call,
  { lanes, ms = Number.POSITIVE_INFINITY, calls = Number.POSITIVE_INFINITY },
) {
  const latencies = [];
  const firstTexts = [];
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let started = 0;
  const lane = async () => {
    for (let from = performance.now(); from < begun + ms && started < calls; from = performance.now()) {
      started += 1;
      const firstText = await call();
      latencies.push(performance.now() - from);
      if (firstText !== undefined) firstTexts.push(firstText - from);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    calls: latencies.length,
    perSecond: latencies.length / seconds,
    cpu: (user + system) / latencies.length,
    ...inMicroseconds("p", latencies),
    ...inMicroseconds("first", firstTexts),
  };
}

const inMicroseconds = (name, ms) =>
  Object.fromEntries([50, 95, 99].map((percent) => [name + percent, 1000 * quantile(ms, percent / 100)]));
