// What Express with the gateway takes: an open loop of requests against a model that answers after 20 ms, each part in a
// process of its own. Run `npm run build` first, then
// `node bench/load.mjs [--rate 1000] [--seconds 60] [--warm 20] [--modes bare,memory,redis] [--task ask] [--workers 2] [--profile <folder>]`.
// Servers are processes, of which each has one thread: `--workers` many share the requests.
// The task is "ask", which hands the question on, or the built-in "chat", which also searches its documents.
// With --profile the server's CPU profile is written there and its dearest functions are printed; figures are then higher.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { redis } from "../scripts/services.mjs";
import { printCosts } from "./load/costs.mjs";

const { values: given } = parseArgs({
  options: {
    rate: { type: "string", default: "1000" },
    seconds: { type: "string", default: "60" },
    warm: { type: "string", default: "20" },
    task: { type: "string", default: "ask" },
    workers: { type: "string", default: "2" },
    modes: { type: "string", default: "bare,memory,redis" },
    profile: { type: "string" },
  },
});
const rate = Number(given.rate);
const seconds = Number(given.seconds);
const warmSeconds = Number(given.warm);
const workers = Number(given.workers);
const upstreamMs = 20;

const child = (name, ...args) => fork(new URL(name, import.meta.url), args);
const message = async (from) => (await once(from, "message", { signal: ended(from) }))[0];

/** Aborts when a process ends before it was asked to. */
function ended(from) {
  const controller = new AbortController();
  from.once("exit", (code) => controller.abort(new Error(`A process of the bench ended with code ${code}.`)));
  return controller.signal;
}

async function measure(mode, folder) {
  const store = mode === "redis" ? await redis() : undefined;
  const upstream = child("./upstream.mjs", String(upstreamMs));
  const upstreamPort = await message(upstream);
  const profilePath =
    given.profile === undefined ? undefined : join(resolve(given.profile), `${mode}.cpuprofile`);
  const servers = Array.from({ length: workers }, (_, index) => {
    const settings = {
      mode,
      upstreamPort,
      redisUrl: store?.url,
      auditPath: join(folder, `${mode}-${index}.ndjson`),
    };
    // One of them is profiled, as all do the same.
    return child("./load/server.mjs", JSON.stringify(index === 0 ? { ...settings, profilePath } : settings));
  });
  const ports = (await Promise.all(servers.map(message))).map(({ port }) => port);
  const requests = { ports, task: given.task, rate, seconds, warmSeconds };
  const generator = child("./load/generator.mjs", JSON.stringify(requests));
  await message(generator);
  for (const server of servers) server.send("begin");
  const loadBefore = loadavg()[0];
  const client = await message(generator);
  const loadAfter = loadavg()[0];
  for (const server of servers) server.send("end");
  const figures = await Promise.all(servers.map(message));
  for (const process of [...servers, upstream]) process.disconnect();
  await store?.stop();
  return { mode, client, itself: together(figures), profilePath, load: [loadBefore, loadAfter] };
}

/** What the servers used in all; of what does not add up, the worst. */
function together(figures) {
  const of = (name) => figures.map((figure) => figure[name] ?? Number.NaN);
  const sum = (name) => of(name).reduce((total, value) => total + value, 0);
  return {
    cpuSeconds: sum("cpuSeconds"),
    waitedSeconds: sum("waitedSeconds"),
    memoryMb: sum("memoryMb"),
    loopUtilization: Math.max(...of("loopUtilization")),
    loopDelayP99Ms: Math.max(...of("loopDelayP99Ms")),
  };
}

function row({ mode, client, itself, load }) {
  const { ok = 0, ...errors } = client.outcomes;
  const ms = (value) => value.toFixed(1);
  const waited = Number.isNaN(itself.waitedSeconds) ? "?" : `${itself.waitedSeconds.toFixed(1)} s`;
  const cells = [
    mode,
    client.rps.toFixed(0),
    ...[client.p50, client.p95, client.p99, client.max].map(ms),
    client.calls - ok === 0 ? "0" : JSON.stringify(errors),
    ((itself.cpuSeconds / client.calls) * 1000).toFixed(2),
    itself.loopUtilization.toFixed(2),
    ms(itself.loopDelayP99Ms),
    waited,
    ms(client.latenessP99),
    itself.memoryMb.toFixed(0),
    load.map((value) => value.toFixed(1)).join(" → "),
  ];
  return `| ${cells.join(" | ")} |`;
}

const columns = [
  "mode",
  "RPS",
  "p50 ms",
  "p95 ms",
  "p99 ms",
  "max ms",
  "errors",
  "server CPU ms a call",
  "loop busy",
  "loop delay p99 ms",
  "waited for a CPU",
  "generator late p99 ms",
  "RSS MB",
  "load average",
];

const folder = mkdtempSync(join(tmpdir(), "levqor-load-"));
if (given.profile !== undefined) mkdirSync(given.profile, { recursive: true });
try {
  console.log(
    `${given.task}: ${rate} requests a second for ${seconds} s after ${warmSeconds} s, upstream ${upstreamMs} ms`,
  );
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString()}\n`,
  );
  console.log(`| ${columns.join(" | ")} |\n|${"---|".repeat(columns.length)}`);
  const results = [];
  for (const mode of given.modes.split(",")) {
    const result = await measure(mode, folder);
    results.push(result);
    console.log(row(result));
  }
  for (const { profilePath, ...result } of results)
    if (profilePath !== undefined) printCosts(profilePath, result);
} finally {
  rmSync(folder, { recursive: true });
}
