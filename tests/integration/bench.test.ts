import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { asks } from "../../bench/calls/asks.mjs";
import { setup as setupLevqor } from "../../bench/calls/levqor.mjs";
import { setup as setupOpenai } from "../../bench/calls/openai-sdk.mjs";
import { start, stop } from "../../bench/lib/child-process.mjs";
import { closedLoop } from "../../bench/lib/closed-loop.mjs";
import { figuresTable } from "../../bench/lib/figures-table.mjs";
import { measuredRounds, summary } from "../../bench/lib/measured-rounds.mjs";
import { quantile, shuffled, slope, spread } from "../../bench/lib/statistics.mjs";

describe("figures", () => {
  it("reads quantiles between the values, whatever their order and however many digits they have", () => {
    expect(quantile([30, 9, 100], 0.5)).toBe(30);
    expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
    expect(quantile([10, 20], 0.95)).toBeCloseTo(19.5);
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it("tells spread and slope", () => {
    expect(spread([10, 10, 12, 8, 1000])).toBeCloseTo(0.2);
    expect(slope([5, 8, 11, 14])).toBeCloseTo(3);
    expect(slope([4, 4, 4])).toBe(0);
  });

  it("shuffles into every order, keeps all and leaves the given list alone", () => {
    const given = ["a", "b", "c"];
    const orders = new Set(Array.from({ length: 500 }, () => shuffled(given).join("")));
    expect([...orders].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
    expect(given).toEqual(["a", "b", "c"]);
  });

  it("forms a ratio within each round: what slows a whole round down is not in it", () => {
    const base = [{ cpu: 10 }, { cpu: 100 }, { cpu: 20 }];
    const own = [{ cpu: 30 }, { cpu: 300 }, { cpu: 80 }];
    expect(summary(own, "cpu", base)).toEqual({ value: 80, ratio: 3, spread: 0 });
    expect(summary(own, "cpu")).toEqual({ value: 80 });
  });

  it("measures all in each round and leaves one that failed out of the next", async () => {
    const calls: string[] = [];
    const measure = async (name: string) => {
      calls.push(name);
      if (name === "bad" && calls.filter((each) => each === "bad").length === 2)
        throw new Error("wrong answer");
      return { cpu: 1 };
    };
    const figures = await measuredRounds(["good", "bad"], { rounds: 4, measure });
    expect(figures.get("good")).toHaveLength(4);
    expect(figures.get("bad")).toEqual(new Error("wrong answer"));
    expect(calls.filter((each) => each === "bad")).toHaveLength(2);
  });

  it("makes a table, the cheapest first, that names what failed and compares what is to be compared", () => {
    const figures = new Map<string, object[] | Error>([
      ["slow", [{ cpu: 4_000, p50: 9 }]],
      ["base", [{ cpu: 1_000, p50: 3 }]],
      ["broken", new Error("HTTP 500")],
    ]);
    const columns = [
      { title: "CPU ms", of: "cpu", per: 1_000, isCompared: true },
      { title: "p50", of: "p50" },
    ];
    expect(figuresTable(figures, { columns, baseline: "base" }).split("\n")).toEqual([
      "|  | CPU ms | x | ± | p50 |",
      "| --- | ---: | ---: | ---: | ---: |",
      "| base | 1.00 | 1.00 | 0 % | 3.00 |",
      "| slow | 4.00 | 4.00 | 0 % | 9.00 |",
      "",
      "Not measured: broken (HTTP 500)",
    ]);
    expect(figuresTable(figures, { columns, baseline: undefined })).toContain("|  | CPU ms | p50 |");
  });
});

describe("the closed loop", () => {
  it("keeps every lane busy and makes as many calls as it is told", async () => {
    let running = 0;
    let most = 0;
    const call = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      return performance.now();
    };
    const { calls, cpu, p50, first50 } = await closedLoop(call, { lanes: 3, calls: 10 });
    expect({ calls, most }).toEqual({ calls: 10, most: 3 });
    expect(cpu).toBeGreaterThan(0);
    expect(first50).toBeGreaterThan(0);
    expect(first50).toBeLessThanOrEqual(p50);
  });

  it("has no figure for a contender with one wrong answer", async () => {
    let asked = 0;
    const call = async () => {
      if (++asked === 5) throw new Error("wrong answer");
    };
    await expect(closedLoop(call, { lanes: 2, calls: 10 })).rejects.toThrow("wrong answer");
  });
});

describe("contenders", () => {
  let upstream: Awaited<ReturnType<typeof start>>;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "levqor-bench-test-"));
    vi.stubEnv("TMPDIR", folder); // of the audit files: workers of the tests end without a moment to tidy up
    upstream = await start(new URL("../../bench/upstream.mjs", import.meta.url));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
    await stop(upstream.child);
  });

  const contenders = [
    {
      name: "levqor",
      setup: setupLevqor,
      jobs: ["cacheHit", "chat", "local", "object", "pipeline", "stream"],
    },
    { name: "openai SDK", setup: setupOpenai, jobs: ["chat", "object", "stream"] },
  ];
  for (const { name, setup, jobs } of contenders) {
    it(`${name} does every job, again and again, with the right answer`, async () => {
      const contender = await setup({ baseURL: `http://127.0.0.1:${upstream.first}/v1` });
      const asked = await asks(contender);
      expect(Object.keys(asked).sort()).toEqual(jobs);
      for (const job of Object.values(asked)) for (let time = 0; time < 3; time++) await job();
      if ("close" in contender) await contender.close();
    });
  }

  it("takes no wrong answer for a right one", async () => {
    const contender = {
      chat: async () => "please open the settings",
      stream: async (_question: string, onText: (text: string) => void) => onText("[EMAIL_k3f9_0001]"),
    };
    const asked = await asks(contender);
    await expect(asked["chat"]?.()).rejects.toThrow("wrong answer");
    await expect(asked["stream"]?.()).rejects.toThrow("wrong answer");
  });
});
