import { ask, start, stop } from "../lib/child-process.mjs";
import { figuresTable } from "../lib/figures-table.mjs";
import { measuredRounds } from "../lib/measured-rounds.mjs";
import { streamColumns } from "../lib/stream-columns.mjs";
import { withUpstream } from "../lib/with-upstream.mjs";
import { streamedPieceCount } from "../prompt.mjs";

export const title = "As servers";
export const contenders = {
  "bare node:http + undici": { module: "node-http", protocol: "openai" },
  "Express + openai SDK": { module: "express-openai-sdk", protocol: "openai" },
  "Express + AI SDK": { module: "express-ai-sdk", protocol: "ai-sdk" },
  Portkey: { module: "portkey", protocol: "portkey" },
  "levqor through Express": { module: "levqor", protocol: "levqor" },
};
export const baseline = "bare node:http + undici";

const jobs = [
  {
    title: "64 requests at a time",
    load: { lanes: 64, isStream: false },
    path: "/v1",
    columns: [
      { title: "CPU µs a request", of: "cpu", isCompared: true },
      { title: "p50 µs", of: "p50" },
      { title: "p95 µs", of: "p95" },
      { title: "p99 µs", of: "p99" },
      { title: "requests a second", of: "perSecond", isCompared: true },
    ],
  },
  {
    title: `16 streams at a time, ${streamedPieceCount} chunks of which one comes every 5 ms`,
    load: { lanes: 16, isStream: true },
    path: "/gap-5/v1",
    columns: streamColumns,
  },
];

/** Servers in processes of their own, asked from another. */
export async function run({ names, rounds, quick, log }) {
  return withUpstream(async (upstreamPort) => {
    const generator = (await start(new URL("../lib/server-load.mjs", import.meta.url))).child;
    const sections = [];
    try {
      for (const job of jobs) {
        log(`${job.title}: ${names.join(", ")}`);
        const upstream = `http://127.0.0.1:${upstreamPort}${job.path}`;
        const figures = await measureServers({ names, job, upstream, generator, rounds, quick });
        sections.push(`### ${job.title}`, figuresTable(figures, { columns: job.columns, baseline }));
      }
    } finally {
      await stop(generator);
    }
    return sections;
  });
}

async function measureServers({ names, job, upstream, generator, rounds, quick }) {
  const servers = new Map();
  const measure = async (name, ms) => {
    if (!servers.has(name)) servers.set(name, await serverOf(name, upstream));
    const { child, port } = servers.get(name);
    const before = await ask(child, "cpu");
    const { protocol } = contenders[name];
    const client = await ask(generator, { port, upstream, protocol, ...job.load, ms });
    return { ...client, cpu: ((await ask(child, "cpu")) - before) / client.calls };
  };
  try {
    const warmed = await measuredRounds(names, {
      rounds: 1,
      measure: (name) => measure(name, quick ? 1_500 : 5_000),
    });
    const ready = names.filter((name) => Array.isArray(warmed.get(name)));
    const figures = await measuredRounds(ready, {
      rounds,
      measure: (name) => measure(name, quick ? 700 : 2_000),
    });
    return new Map([...warmed, ...figures]);
  } finally {
    await Promise.all([...servers.values()].map(({ child }) => stop(child)));
  }
}

async function serverOf(name, upstream) {
  const module = new URL(`../servers/${contenders[name].module}.mjs`, import.meta.url);
  const preload = new URL("../lib/served-process.mjs", import.meta.url);
  const { child, first: port } = await start(module, {
    args: [upstream],
    execArgv: ["--import", preload.href],
  });
  return { child, port };
}
