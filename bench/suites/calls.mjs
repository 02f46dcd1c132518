import { figuresTable } from "../lib/figures-table.mjs";
import { measureHosted } from "../lib/hosted-contenders.mjs";
import { streamColumns } from "../lib/stream-columns.mjs";
import { withUpstream } from "../lib/with-upstream.mjs";
import { streamedPieceCount } from "../prompt.mjs";

export const title = "In process";
export const contenders = {
  "undici.request": "undici-request",
  "openai SDK": "openai-sdk",
  "AI SDK": "ai-sdk",
  "LangChain.js": "langchain",
  "do it yourself": "do-it-yourself",
  levqor: "levqor",
};
export const baseline = "undici.request";

const jobs = [
  // First, as later questions drive its answer out of the cache.
  { call: "cacheHit", lanes: 1, title: "An answer from the cache" },
  { call: "chat", lanes: 1, title: "One chat call at a time" },
  { call: "chat", lanes: 64, title: "64 chat calls at a time" },
  { call: "object", lanes: 8, title: "An answer in JSON, checked with zod, 8 at a time" },
  { call: "stream", lanes: 1, title: `A stream of ${streamedPieceCount} chunks, one at a time` },
  { call: "local", lanes: 1, title: "A local answer (onboarding)" },
  { call: "pipeline", lanes: 1, title: "The pipeline alone, with a model that answers at once" },
];

const callColumns = [
  { title: "CPU µs a call", of: "cpu", isCompared: true },
  { title: "p50 µs", of: "p50" },
  { title: "p95 µs", of: "p95" },
  { title: "p99 µs", of: "p99" },
  { title: "calls a second", of: "perSecond" },
];

/** Calls from the process in which the contender is, against the mock. */
export async function run({ names, rounds, quick, log }) {
  const { results } = await withUpstream((port) =>
    measureHosted({
      contenders: names.map((name) => ({
        name,
        module: new URL(`../calls/${contenders[name]}.mjs`, import.meta.url),
      })),
      asks: new URL("../calls/asks.mjs", import.meta.url),
      settings: { baseURL: `http://127.0.0.1:${port}/v1` },
      jobs: jobs.map((job) => ({ ...job, ms: quick ? 150 : 500 })),
      warmMs: quick ? 1_000 : 4_000,
      rounds,
      log,
    }),
  );
  return results.flatMap(({ job, figures }) => [
    `### ${job.title}`,
    figuresTable(figures, { columns: job.call === "stream" ? streamColumns : callColumns, baseline }),
  ]);
}
