import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../errors/error-table.js";
import type { ChaosPlan, Fault } from "../testing/chaos-plan.js";
import {
  estimatedMicroUsd,
  faultTrial,
  isStreamed,
  modelAnswer,
  modelMicroUsd,
  tokens,
  type Way,
} from "../testing/fault-trial.js";

/** What a fault before the first output comes to. */
interface FaultRow {
  readonly fault: Fault;
  /** The code of an attempt; a reply that is not streamed may fail in another way. */
  readonly code: ErrorCode;
  readonly wholeCode?: ErrorCode;
  /** Calls of one target. */
  readonly tries: number;
  /** Whether the vendor may have worked, so that an attempt is charged although nothing was reported. */
  readonly charged?: boolean;
}

const rows: Record<string, FaultRow> = {
  "cut before any text": {
    fault: { fault: "cut" },
    code: "provider_cut",
    wholeCode: "provider_unavailable",
    tries: 2,
    charged: true,
  },
  "silent from the start": { fault: { fault: "stall" }, code: "provider_timeout", tries: 2, charged: true },
  "slower than its patience": {
    fault: { fault: "drip", everyMs: 6_000 },
    code: "provider_timeout",
    tries: 2,
    charged: true,
  },
  "429": { fault: { fault: "status", status: 429 }, code: "provider_rate_limited", tries: 2 },
  "429 that asks for two minutes": {
    fault: { fault: "status", status: 429, retryAfterMs: 120_000 },
    code: "provider_rate_limited",
    tries: 1, // the wait would be longer than the call may take
  },
  "500": { fault: { fault: "status", status: 500 }, code: "provider_unavailable", tries: 2 },
  "401": { fault: { fault: "status", status: 401 }, code: "provider_unauthorized", tries: 1 },
  "400": { fault: { fault: "status", status: 400 }, code: "provider_rejected", tries: 1 },
  "a malformed line": {
    fault: { fault: "malformed" },
    code: "provider_malformed",
    tries: 2,
    charged: true,
  },
  "200 with an error first": { fault: { fault: "in-band" }, code: "provider_unavailable", tries: 2 },
};

const ways: readonly Way[] = ["plain", "stream", "object", "object stream", "tool call"];
const cases = Object.entries(rows).flatMap(([name, row]) => ways.map((way) => ({ name, row, way })));
const times = <Item>(count: number, item: Item): Item[] => Array<Item>(count).fill(item);

/** What one case of the table expects of an attempt at a faulty target. */
function attemptOf({ row, way }: { readonly row: FaultRow; readonly way: Way }) {
  const code = isStreamed(way) ? row.code : (row.wholeCode ?? row.code);
  const charged = row.charged === true && code !== "provider_unavailable";
  return { code, microUsd: charged ? estimatedMicroUsd(way, "Why?") : 0 };
}

const outcomesOf = (trial: ReturnType<typeof faultTrial>) =>
  trial.records[0]?.attempts.map(({ target, outcome }) => `${target.split("/")[0]} ${outcome}`);

describe.each(cases)("$name, $way", ({ row, way }) => {
  const { code, microUsd } = attemptOf({ row, way });
  const answer = modelAnswer[way];

  it("goes on to the second target, unseen", async () => {
    const trial = faultTrial([[row.fault], []]);
    const ending = await trial.end(way, "Why?");
    expect(ending).toMatchObject({
      shown: isStreamed(way) ? answer : "",
      answer,
      metadata: { source: "model", provider: "target-2" },
    });
    expect(ending.metadata?.degraded).toBeUndefined();
    expect(trial.targets.map(({ calls }) => calls.length)).toEqual([row.tries, 1]);
    expect(trial.running()).toBe(0);
    const charged = row.tries * microUsd + modelMicroUsd;
    expect(trial.money()).toEqual({ charged, reserved: 0 });
    expect(trial.records).toHaveLength(1);
    expect(trial.records[0]).toMatchObject({
      outcome: "ok",
      source: "model",
      provider: "target-2",
      cost_usd: charged / 1e6,
    });
    expect(outcomesOf(trial)).toEqual([...times(row.tries, `target-1 ${code}`), "target-2 ok"]);
  });

  const bothFail = () => faultTrial([[row.fault], [row.fault]]);
  const everyTry = [...times(row.tries, `target-1 ${code}`), ...times(row.tries, `target-2 ${code}`)];
  const charged = 2 * row.tries * microUsd;

  it("ends in the local answer, which says why, when all fail", async () => {
    const trial = bothFail();
    const degraded = "provider_down";
    expect(await trial.end(way, "Why?")).toMatchObject({
      shown: way === "stream" || way === "tool call" ? "local" : "", // an object comes whole
      answer: "local",
      metadata: { source: "local", degraded, cost_usd: charged / 1e6 },
    });
    expect(trial.targets.map(({ calls }) => calls.length)).toEqual([row.tries, row.tries]);
    expect(trial.running()).toBe(0);
    expect(trial.money()).toEqual({ charged, reserved: 0 });
    expect(trial.records).toHaveLength(1);
    expect(trial.records[0]).toMatchObject({ outcome: "degraded", degraded, cost_usd: charged / 1e6 });
    expect(outcomesOf(trial)).toEqual(everyTry);
  });

  it("ends in the last failure when all fail and there is no local answer", async () => {
    const trial = bothFail();
    expect(await trial.end(way, "Why?", { canAnswer: false })).toEqual({ shown: "", code });
    expect(trial.targets.map(({ calls }) => calls.length)).toEqual([row.tries, row.tries]);
    expect(trial.running()).toBe(0);
    expect(trial.money()).toEqual({ charged, reserved: 0 });
    expect(trial.records).toHaveLength(1);
    expect(trial.records[0]).toMatchObject({ outcome: "failed", error_code: code, error_step: "route" });
    expect(outcomesOf(trial)).toEqual(everyTry);
  });
});

describe("JSON of another shape", () => {
  const always: ChaosPlan = [{ fault: "wrong-json" }];
  const misfits = (calls: number) => times(calls, "target-1 invalid_output");

  it.each<[string, readonly ChaosPlan[], readonly number[], readonly string[]]>([
    [
      "is repaired by its own model",
      [[{ fault: "wrong-json", calls: [1] }], []],
      [2, 0],
      [...misfits(1), "target-1 ok"],
    ],
    ["goes to the second target when the repair fails", [always, []], [2, 1], [...misfits(2), "target-2 ok"]],
  ])("%s; each reply is paid as reported", async (_, plans, calls, outcomes) => {
    const trial = faultTrial(plans);
    expect((await trial.end("object", "Why?")).answer).toBe("model");
    expect(trial.targets.map((target) => target.calls.length)).toEqual(calls);
    expect(outcomesOf(trial)).toEqual(outcomes);
    expect(trial.money()).toEqual({ charged: outcomes.length * modelMicroUsd, reserved: 0 });
    expect(trial.records[0]).toMatchObject({ outcome: "ok", usage_source: "reported" });
  });

  it("is repaired once a call: then all have failed", async () => {
    const trial = faultTrial([always, always]);
    expect((await trial.end("object", "Why?")).metadata).toMatchObject({
      source: "local",
      degraded: "invalid_output",
    });
    expect(trial.targets.map(({ calls }) => calls.length)).toEqual([2, 1]);
    expect(trial.money()).toEqual({ charged: 3 * modelMicroUsd, reserved: 0 });
    expect(await trial.end("object", "And why?", { canAnswer: false })).toEqual({
      shown: "",
      code: "invalid_output",
    });
    expect(trial.records.map(({ outcome, error_step }) => [outcome, error_step])).toEqual([
      ["degraded", undefined],
      ["failed", "output"],
    ]);
    expect(trial.money()).toEqual({ charged: 6 * modelMicroUsd, reserved: 0 });
  });
});

describe("once a stream has shown text", () => {
  const shown = tokens.slice(0, 3).join("");

  it.each<[Fault, ErrorCode]>([
    [{ fault: "cut", after: 3 }, "provider_cut"],
    [{ fault: "stall", after: 3 }, "provider_timeout"],
    [{ fault: "malformed", after: 3 }, "provider_malformed"],
    [{ fault: "in-band", after: 3, status: 529 }, "provider_unavailable"],
    [{ fault: "in-band", after: 3, status: 429 }, "provider_rate_limited"],
  ])("%o ends it with a typed error, and what was shown is paid", async (fault, code) => {
    for (const canAnswer of [true, false]) {
      const trial = faultTrial([[fault], []]);
      expect(await trial.end("stream", "Why?", { canAnswer })).toEqual({ shown, code });
      expect(trial.targets.map(({ calls }) => calls.length)).toEqual([1, 0]);
      expect(trial.running()).toBe(0);
      const charged = estimatedMicroUsd("stream", "Why?", shown);
      expect(trial.money()).toEqual({ charged, reserved: 0 });
      expect(trial.records).toHaveLength(1);
      expect(trial.records[0]).toMatchObject({
        outcome: "failed",
        error_code: code,
        usage_source: "estimated",
        cost_usd: charged / 1e6,
      });
      expect(outcomesOf(trial)).toEqual([`target-1 ${code}`]);
    }
  });

  it("a slow drip is shown to its end", async () => {
    const plan: ChaosPlan = [{ fault: "drip", everyMs: 4_000 }];
    const trial = faultTrial([plan, []]);
    const { shown, metadata } = await trial.end("stream", "Why?");
    expect(shown).toBe(tokens.join(""));
    expect(metadata).toMatchObject({ source: "model", provider: "target-1", duration_ms: 61 * 4_000 });
    expect(trial.money()).toEqual({ charged: modelMicroUsd, reserved: 0 });
  });
});

describe("once something was shown", () => {
  const midway: readonly (readonly [Fault, ErrorCode])[] = [
    [{ fault: "cut", after: 2 }, "provider_cut"],
    [{ fault: "stall", after: 2 }, "provider_timeout"],
    [{ fault: "malformed", after: 2 }, "provider_malformed"],
    [{ fault: "in-band", after: 2 }, "provider_unavailable"],
  ];
  const broken = (way: Way) => (way === "stream" ? tokens.slice(0, 2).join("") : modelAnswer[way]);
  /** What the model is paid for: it writes the tool's name, too. */
  const written = (way: Way) => (way === "tool call" ? `find${broken(way)}` : broken(way));

  it.each(midway)("%o ends a tool call with a typed error; what was written is paid", async (fault, code) => {
    const trial = faultTrial([[fault], []]);
    const shown = broken("tool call");
    expect(await trial.end("tool call", "Why?")).toEqual({ shown, code });
    expect(trial.targets.map(({ calls }) => calls.length)).toEqual([1, 0]);
    expect(trial.money().charged).toBe(estimatedMicroUsd("tool call", "Why?", written("tool call")));
    expect(outcomesOf(trial)).toEqual([`target-1 ${code}`]);
  });

  it.each(midway)("%o lets an object begin anew, which its reader does not notice", async (fault, code) => {
    const trial = faultTrial([[fault], []]);
    expect(await trial.end("object stream", "Why?")).toMatchObject({
      shown: "model",
      answer: "model",
      metadata: { source: "model", provider: "target-2" },
    });
    expect(trial.targets.map(({ calls }) => calls.length)).toEqual([2, 1]);
    const lost = 2 * estimatedMicroUsd("object stream", "Why?", '{"answer":"model"}');
    expect(trial.money()).toEqual({ charged: lost + modelMicroUsd, reserved: 0 });
    expect(outcomesOf(trial)).toEqual([...times(2, `target-1 ${code}`), "target-2 ok"]);
  });

  describe.each(["stream", "tool call"] as const)("with onBreak restart, %s", (way) => {
    it.each(midway)("%o begins anew", async (fault, code) => {
      const trial = faultTrial([[fault], []]);
      expect(await trial.end(way, "Why?", { onBreak: "restart" })).toMatchObject({
        shown: modelAnswer[way],
        answer: modelAnswer[way],
        metadata: { source: "model", provider: "target-2" },
      });
      expect(outcomesOf(trial)).toEqual([...times(2, `target-1 ${code}`), "target-2 ok"]);
      const lost = 2 * estimatedMicroUsd(way, "Why?", written(way));
      expect(trial.money()).toEqual({ charged: lost + modelMicroUsd, reserved: 0 });
      expect(trial.running()).toBe(0);
    });

    it("ends in the local answer when all fail, or in the last failure", async () => {
      const plans: readonly ChaosPlan[] = [[{ fault: "cut", after: 2 }], [{ fault: "stall", after: 2 }]];
      const trial = faultTrial(plans);
      expect(await trial.end(way, "Why?", { onBreak: "restart" })).toMatchObject({
        shown: "local",
        answer: "local",
        metadata: { source: "local", degraded: "provider_down" },
      });
      const muted = faultTrial(plans);
      const ending = await muted.end(way, "Why?", { onBreak: "restart", canAnswer: false });
      expect(ending).toEqual({ shown: "", code: "provider_timeout" });
      expect(muted.records[0]).toMatchObject({ outcome: "failed", error_code: "provider_timeout" });
      expect(muted.money().reserved).toBe(0);
    });
  });
});
