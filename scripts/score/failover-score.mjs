// What callers get when models fail: with every provider dead the share of built-in calls that are answered locally and
// how long that takes; with one target of two failing now and then the share that is answered at all, and by a model;
// and how streams end that fail on their way.
//   npx tsx --conditions=@levqor/source scripts/score/failover-score.mjs
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { createAiGateway, isGatewayError } from "@levqor/core";
import { chaosProvider, fakeProvider, memoryAuditSink } from "@levqor/core/testing";
import { isMain } from "../is-main.mjs";
import { runMain } from "../run.mjs";
import { askTask } from "./local-answers.mjs";
import { localQuestions } from "./local-questions.mjs";
import { tellRows } from "./tell-rows.mjs";

/** @typedef {import("@levqor/core/testing").ChaosPlan} ChaosPlan */
/** @typedef {import("@levqor/core").AiGatewayOptions} GatewayOptions */
/** @typedef {{ dead: string, calls: number, succeeded: number, local: number, p95: number, providerCalls: number }} DeadRow shares of 1; milliseconds */
/** @typedef {{ failing: string, calls: number, faults: number, succeeded: number, byModel: number, byFirst: number, codes: string }} FailingRow shares of 1 */
/** @typedef {{ streamed: string, calls: number, succeeded: number, byModel: number, typedError: number, silent: number, codes: string }} StreamRow shares of 1 */
/** @typedef {{ dead: DeadRow[], failing: FailingRow[], streams: StreamRow[], problems: string[] }} FailoverScore `problems` names the aims that were missed */

const SEED = 7;
const CALLS = 10_000;
const STREAMS = 2_000;
const AT_ONCE = 50;
const FAILING_SHARE = 0.3;
const aims = { localSuccess: 0.99, localP95Ms: 20, failingSuccess: 0.999 };

/** Ways to be dead, and how long the gateway waits for a silent one. @type {Record<string, { plan: ChaosPlan, options?: GatewayOptions }>} */
const deaths = {
  500: { plan: [{ fault: "status", status: 500 }] },
  401: { plan: [{ fault: "status", status: 401 }] },
  "429, come back in two minutes": { plan: [{ fault: "status", status: 429, retryAfterMs: 120_000 }] },
  "connection cut": { plan: [{ fault: "cut" }] },
  "malformed reply": { plan: [{ fault: "malformed" }] },
  "200 with an error": { plan: [{ fault: "in-band" }] },
  "JSON of another shape": { plan: [{ fault: "wrong-json" }, { fault: "status", status: 503 }] },
  "silent (patience 20 ms)": { plan: [{ fault: "stall" }], options: { timeouts: { firstChunkMs: 20 } } },
};

/** What a model answers to each task that asks for JSON. @type {Record<string, object>} */
const jsonAnswers = {
  workflow: {
    workflow: {
      steps: [
        { type: "trigger", service: "gmail", description: "New mail" },
        { type: "action", service: "slack", description: "Tell the team" },
      ],
    },
    explanation: "Mail becomes a message.",
  },
  debug: { summary: "Slack refuses.", probable_causes: ["a"], steps_to_fix: ["b"], prevention: ["c"] },
  onboarding: { checklist: ["a"], tips: ["b"] },
  semantic_search: { ranking: [] },
  intelligent_search: { text: "connect a tool" },
  get_recommendations: { recommendations: [] },
};

/** @param {string} name a provider that knows an answer to everything */
const model = (name) =>
  fakeProvider(
    ({ responseFormat }) => ({
      text: responseFormat
        ? JSON.stringify(jsonAnswers[responseFormat.name])
        : ["You can ", "do that ", "here."],
    }),
    { name },
  );

/** Each call is a new question: nothing is limited, nothing comes from a cache. @param {GatewayOptions} options */
function gatewayOver(options) {
  return createAiGateway({
    rateLimiter: { consume: () => ({ allowed: true, limits: [] }) },
    cache: {
      lookup: () => ({ state: "miss", store() {}, abandon() {} }),
      stats: () => ({ size: 0, hits: 0, misses: 0, evictions: 0 }),
    },
    auditSink: memoryAuditSink(),
    logger: { info() {}, warn() {}, error() {} },
    ...options,
  });
}

/** @param {number} call */
function questionOf(call) {
  const question = localQuestions[call % localQuestions.length];
  if (question === undefined) throw new Error("There are no questions.");
  return question;
}

/** @param {number} calls of each kind of death @returns {Promise<DeadRow[]>} */
async function scoreDead(calls) {
  /** @type {DeadRow[]} */
  const rows = [];
  for (const [dead, { plan, options }] of Object.entries(deaths)) {
    const targets = ["first", "second"].map((name) => chaosProvider(model(name), { seed: SEED, plan }));
    const gateway = gatewayOver({ targets: targets.map((provider) => ({ provider })), ...options });
    /** @type {number[]} */
    const times = [];
    const counts = { succeeded: 0, local: 0 };
    for (let call = 0; call < calls; call++) {
      const { task, input } = questionOf(call);
      const started = performance.now();
      const reply = await askTask(gateway, task, input).catch(() => undefined);
      times.push(performance.now() - started);
      if (reply !== undefined) counts.succeeded++;
      if (reply?.metadata.source === "local") counts.local++;
    }
    const p95 = times.toSorted((one, other) => one - other)[Math.floor(calls * 0.95)] ?? 0;
    const providerCalls = targets.reduce((sum, target) => sum + target.calls.length, 0);
    rows.push({
      dead,
      calls,
      succeeded: counts.succeeded / calls,
      local: counts.local / calls,
      p95,
      providerCalls,
    });
  }
  return rows;
}

/** @type {ChaosPlan} */
const passingFaults = [
  { fault: "status", status: 500 },
  { fault: "status", status: 429 }, // one with a Retry-After silences its target for all that come later
  { fault: "cut" },
  { fault: "malformed" },
  { fault: "in-band" },
];

/** @type {ChaosPlan} */
const streamFaults = [
  { fault: "cut" },
  { fault: "in-band" },
  { fault: "cut", after: 2 },
  { fault: "malformed", after: 1 },
];

/** Faults that together strike in a share of the calls. @param {ChaosPlan} faults @param {number} share */
const striking = (faults, share) => {
  const rate = 1 - (1 - share) ** (1 / faults.length);
  return faults.map((fault) => ({ ...fault, rate }));
};

/** @param {(call: number) => Promise<void>} ask @param {number} calls */
async function askManyAtOnce(ask, calls) {
  let next = 0;
  const worker = async () => {
    while (next < calls) {
      await ask(next++);
      await setImmediate(); // models that answer at once would leave the timers no turn
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** @param {Record<string, number>} codes @param {unknown} error */
function countCode(codes, error) {
  const code = isGatewayError(error) ? error.code : "untyped";
  codes[code] = (codes[code] ?? 0) + 1;
}

/** Two targets, and who fails; without a breaker every call meets the failing target. @type {Record<string, { both: boolean, breaker: boolean }>} */
const failures = {
  "the first": { both: false, breaker: true },
  "the first, no breaker": { both: false, breaker: false },
  "both, no breaker": { both: true, breaker: false },
};

/** @param {boolean} breaker what is asked is who answers, not how long one waits */
const impatient = (breaker) => ({
  retry: { baseDelayMs: 1 },
  ...(breaker ? {} : { breaker: /** @type {const} */ (false) }),
});

/** @param {string} failing a key of `failures` @param {{ both: boolean, breaker: boolean }} who @returns {Promise<FailingRow>} */
async function scoreFailing(failing, { both, breaker }) {
  const plan = striking(passingFaults, FAILING_SHARE);
  const first = chaosProvider(model("first"), { seed: SEED, plan });
  const second = chaosProvider(model("second"), { seed: SEED + 1, plan: both ? plan : [] });
  const gateway = gatewayOver({
    targets: [{ provider: first }, { provider: second }],
    ...impatient(breaker),
  });
  const counts = { succeeded: 0, byModel: 0, byFirst: 0 };
  /** @type {Record<string, number>} */
  const codes = {};
  await askManyAtOnce(async (call) => {
    const { task, input } = questionOf(call);
    try {
      const { metadata } = await askTask(gateway, task, input);
      counts.succeeded++;
      if (metadata.source === "model") counts.byModel++;
      if (metadata.provider === "first") counts.byFirst++;
    } catch (error) {
      countCode(codes, error);
    }
  }, CALLS);
  return {
    failing,
    calls: CALLS,
    faults: first.calls.filter(({ fault }) => fault !== undefined).length / first.calls.length,
    succeeded: counts.succeeded / CALLS,
    byModel: counts.byModel / CALLS,
    byFirst: counts.byFirst / CALLS,
    codes: JSON.stringify(codes),
  };
}

/** What is streamed, and what becomes of it when it breaks. @type {Record<string, (gateway: import("@levqor/core").AiGateway) => AsyncIterable<import("@levqor/core").TaskEvent<object>>>} */
const streamed = {
  words: ({ stream, tasks }) => stream(tasks.chat, { message: "How do I connect a tool?" }),
  "words, restart": ({ stream, tasks }) =>
    stream(tasks.chat, { message: "How do I connect a tool?" }, { onBreak: "restart" }),
  object: ({ stream, tasks }) => stream(tasks.onboarding, { stage: "first_login" }),
};

/** Streams that fail before their first piece or after it. @param {string} kind a key of `streamed` @param {(typeof streamed)[string]} start @returns {Promise<StreamRow>} */
async function scoreStreams(kind, start) {
  const plan = striking(streamFaults, FAILING_SHARE);
  const first = chaosProvider(model("first"), { seed: SEED, plan });
  const gateway = gatewayOver({
    targets: [{ provider: first }, { provider: model("second") }],
    ...impatient(false),
  });
  const counts = { succeeded: 0, typedError: 0, silent: 0 };
  let byModel = 0;
  /** @type {Record<string, number>} */
  const codes = {};
  await askManyAtOnce(async () => {
    let end = /** @type {keyof typeof counts} */ ("silent");
    try {
      for await (const event of start(gateway)) {
        if (event.type !== "finish") continue;
        end = "succeeded";
        if (event.reply.metadata.source === "model") byModel++;
      }
    } catch (error) {
      countCode(codes, error);
      if (isGatewayError(error)) end = "typedError";
    }
    counts[end]++;
  }, STREAMS);
  const { succeeded, typedError, silent } = counts;
  return {
    streamed: kind,
    calls: STREAMS,
    succeeded: succeeded / STREAMS,
    byModel: byModel / STREAMS,
    typedError: typedError / STREAMS,
    silent: silent / STREAMS,
    codes: JSON.stringify(codes),
  };
}

/** @returns {Promise<FailoverScore>} */
export async function scoreFailover() {
  const dead = await scoreDead(Math.ceil(CALLS / Object.keys(deaths).length));
  /** @type {FailingRow[]} */
  const failing = [];
  for (const [name, who] of Object.entries(failures)) failing.push(await scoreFailing(name, who));
  /** @type {StreamRow[]} */
  const streams = [];
  for (const [kind, start] of Object.entries(streamed)) streams.push(await scoreStreams(kind, start));
  const problems = dead.flatMap(({ dead, local, p95 }) => [
    ...(local < aims.localSuccess ? [`${dead}: ${local} answered locally`] : []),
    ...(p95 >= aims.localP95Ms ? [`${dead}: p95 ${p95} ms`] : []),
  ]);
  for (const { failing: who, succeeded } of failing)
    if (succeeded < aims.failingSuccess) problems.push(`${who} failing: ${succeeded} succeeded`);
  for (const { streamed: kind, silent } of streams)
    if (silent > 0) problems.push(`${silent} of the streams of ${kind} ended in silence`);
  return { dead, failing, streams, problems };
}

/** @param {FailoverScore} score @returns {[heading: string, rows: object[]][]} */
export const failoverTables = ({ dead, failing, streams }) => [
  ["Every provider dead: shares of the calls; milliseconds", dead],
  [`Two targets that fail in ${FAILING_SHARE} of their calls: shares of the calls`, failing],
  ["Streams, the first target failing like that, no breaker: shares of the calls", streams],
];

if (isMain(import.meta.url))
  await runMain(async () => {
    const score = await scoreFailover();
    for (const [heading, rows] of failoverTables(score)) {
      console.log(`\n${heading}`);
      tellRows(rows);
    }
    console.log(score.problems.length === 0 ? "Every aim is met." : score.problems.join("\n"));
    return score.problems.length === 0 ? 0 : 1;
  });
