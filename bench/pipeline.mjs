// What a governed call costs beside the bare `openai` SDK call, in one run: CPU per call, ratios within a round.
// Run `npm run build` first, then `node bench/pipeline.mjs [rounds]`.
import { fork } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chatTask, createAiGateway, memoryBudget, memoryRateLimiter } from "@levqor/core";
import { ndjsonAuditSink } from "@levqor/core/node";
import { openaiProvider } from "@levqor/core/openai";
import { fakeProvider } from "@levqor/core/testing";
import { OpenAI } from "openai";

const rounds = Number(process.argv[2] ?? 15);
const callsPerRound = 300;
const question =
  "How do I connect a form to a spreadsheet, and what does a workflow cost on the second tier?";
const upstream = fork(new URL("./upstream.mjs", import.meta.url));
const port = await new Promise((resolve) => upstream.once("message", resolve));
const apiKey = "sk-bench-0123456789abcdef";
const baseURL = `http://127.0.0.1:${port}/v1`;

const everythingOn = () => ({
  auditSink: ndjsonAuditSink({ path: join(tmpdir(), "levqor-bench-audit.ndjson") }),
  rateLimiter: memoryRateLimiter({
    perUser: { requests: 1e9, windowMs: 60_000 },
    perIp: { requests: 1e9, windowMs: 60_000 },
  }),
  budget: memoryBudget({ gateway: { dailyUsd: 1e6, monthlyUsd: 1e6 } }),
  logger: { info() {}, warn() {}, error() {} },
});
const caller = { userId: "bench", tenantId: "bench", ip: "192.0.2.7" };
const uncached = [chatTask({ allow: "authenticated" })].map((task) => ({ ...task, cacheTtlMs: 0 }));
const governed = createAiGateway({
  ...everythingOn(),
  tasks: uncached,
  provider: openaiProvider({ apiKey, baseURL }),
});
const alone = createAiGateway({
  ...everythingOn(),
  tasks: uncached,
  provider: fakeProvider([{ text: "An answer." }]),
});
const caching = createAiGateway({ ...everythingOn(), provider: fakeProvider([{ text: "An answer." }]) });
const local = createAiGateway(everythingOn());
const sdk = new OpenAI({ apiKey, baseURL, maxRetries: 0 });

const ask = (gateway) => async () => (await gateway.chat({ message: question }, { caller })).reply;
const contenders = {
  "openai SDK, bare": async () => {
    const messages = [
      { role: "system", content: "You answer questions." },
      { role: "user", content: question },
    ];
    const completion = await sdk.chat.completions.create({
      model: "gpt-4o-mini",
      messages,
      max_completion_tokens: 256,
    });
    return completion.choices[0].message.content;
  },
  "governed call (openai SDK inside)": ask(governed),
  "the pipeline alone": ask(alone),
  "cache hit": ask(caching),
  "local answer (chat)": ask(local),
  "local answer (onboarding)": async () =>
    (
      await local.onboarding(
        { stage: "first_login", context: { has_connected_tool: false, has_run_workflow: false } },
        { caller },
      )
    ).tips[0],
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
async function cpuPerCall(call) {
  const before = process.cpuUsage();
  for (let index = 0; index < callsPerRound; index++) {
    if (!(await call())) throw new Error("A contender gave no answer.");
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / callsPerRound;
}

const names = Object.keys(contenders);
const results = Object.fromEntries(names.map((name) => [name, { microseconds: [], ratio: [] }]));
for (const name of names) for (let warm = 0; warm < 3; warm++) await cpuPerCall(contenders[name]);
for (let round = 0; round < rounds; round++) {
  const order = names.toSorted(() => Math.random() - 0.5);
  const measured = {};
  for (const name of order) measured[name] = await cpuPerCall(contenders[name]);
  for (const name of names) {
    results[name].microseconds.push(measured[name]);
    results[name].ratio.push(measured[name] / measured[names[0]]);
  }
}
console.log(`${rounds} rounds of ${callsPerRound} calls, Node ${process.version}\n`);
console.log("| | CPU per call | x of the bare SDK call |\n|---|---|---|");
for (const name of names) {
  const { microseconds, ratio } = results[name];
  console.log(`| ${name} | ${median(microseconds).toFixed(0)} µs | ${median(ratio).toFixed(2)} |`);
}
await Promise.all([governed, alone, caching, local].map((gateway) => gateway.close()));
upstream.disconnect();
