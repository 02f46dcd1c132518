import { describe, expect, it } from "vitest";
import { costMicroUsd, estimateTokens, maxTokens, worstCaseMicroUsd } from "./cost.js";

const price = { inputUsd: 0.15, outputUsd: 0.6, cachedInputUsd: 0.075 };

describe("costMicroUsd", () => {
  it.each([
    [{ inputTokens: 1_000_000, outputTokens: 0 }, 150_000],
    [{ inputTokens: 0, outputTokens: 1_000_000 }, 600_000],
    [{ inputTokens: 1_000, outputTokens: 100 }, 210],
    [{ inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 400 }, 120],
    [{ inputTokens: 1, outputTokens: 0 }, 1],
    [{ inputTokens: 0, outputTokens: 0 }, 0],
  ])("%j costs %d", (usage, microUsd) => expect(costMicroUsd(price, usage)).toBe(microUsd));

  it("charges cached input in full where it has no price of its own", () => {
    const usage = { inputTokens: 100, outputTokens: 0, cachedInputTokens: 100 };
    expect(costMicroUsd({ inputUsd: 2, outputUsd: 8 }, usage)).toBe(200);
  });

  it("does not round the last bits of a float up to a whole micro-dollar", () => {
    expect(50 * 1.1).toBeGreaterThan(55);
    expect(costMicroUsd({ inputUsd: 1.1, outputUsd: 4.4 }, { inputTokens: 50, outputTokens: 0 })).toBe(55);
  });

  const odd = [Number.NaN, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, 0.5, 10];
  it("is a safe integer of 0 or more for every odd number", () => {
    for (const inputTokens of odd) {
      for (const outputTokens of odd) {
        for (const cachedInputTokens of odd) {
          for (const inputUsd of odd) {
            const usage = { inputTokens, outputTokens, cachedInputTokens };
            const cost = costMicroUsd({ inputUsd, outputUsd: 1 }, usage);
            expect(Number.isSafeInteger(cost) && cost >= 0).toBe(true);
          }
        }
      }
    }
  });

  it("more cached input than input is all of the input", () => {
    expect(costMicroUsd(price, { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 5_000 })).toBe(75);
  });
});

it("the worst case is never below what the same tokens cost", () => {
  const tokens = { inputTokens: 1_000, maxOutputTokens: 256 };
  expect(worstCaseMicroUsd(price, tokens)).toBe(304);
  for (const cachedInputTokens of [0, 500, 1_000]) {
    for (const cachedInputUsd of [0, 0.075, 9]) {
      const dear = { ...price, cachedInputUsd };
      const actual = costMicroUsd(dear, { inputTokens: 1_000, outputTokens: 256, cachedInputTokens });
      expect(worstCaseMicroUsd(dear, tokens)).toBeGreaterThanOrEqual(actual);
    }
  }
});

describe("a price with tiers", () => {
  const tiered = {
    inputUsd: 1,
    outputUsd: 4,
    cachedInputUsd: 0.5,
    tiers: [
      { aboveInputTokens: 100, inputUsd: 2, outputUsd: 6, cachedInputUsd: 1 },
      { aboveInputTokens: 1_000, inputUsd: 3, outputUsd: 5 },
    ],
  };

  it.each([
    [{ inputTokens: 100, outputTokens: 10 }, 140],
    [{ inputTokens: 101, outputTokens: 10 }, 262],
    [{ inputTokens: 1_000, outputTokens: 10, cachedInputTokens: 900 }, 200 + 900 + 60],
    [{ inputTokens: 1_001, outputTokens: 10, cachedInputTokens: 1_001 }, 3_003 + 50],
  ])("%j costs %d: the whole call has the price of its tier", (usage, microUsd) => {
    expect(costMicroUsd(tiered, usage)).toBe(microUsd);
  });

  it("costs at worst what the dearest tier within reach costs", () => {
    const worst = (inputTokens: number) => worstCaseMicroUsd(tiered, { inputTokens, maxOutputTokens: 10 });
    expect(worst(100)).toBe(140);
    expect(worst(101)).toBe(262);
    expect(worst(2_000)).toBe(6_000 + 60);
    for (let inputTokens = 0; inputTokens <= 2_000; inputTokens += 1) {
      const usage = { inputTokens, outputTokens: 10 };
      for (const most of [inputTokens, 1_001, 2_000])
        if (most >= inputTokens) expect(worst(most)).toBeGreaterThanOrEqual(costMicroUsd(tiered, usage));
    }
  });
});

describe("input that is put in the cache", () => {
  const writing = { inputUsd: 1, outputUsd: 1, cachedInputUsd: 0.1, cacheWriteUsd: 1.25 };

  it("has its own price, beside what was cached before", () => {
    const usage = { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 400, cacheWriteTokens: 200 };
    expect(costMicroUsd(writing, usage)).toBe(400 + 40 + 250);
    expect(costMicroUsd({ inputUsd: 1, outputUsd: 1 }, usage)).toBe(1_000);
    expect(costMicroUsd(writing, { ...usage, cacheWriteTokens: 5_000 })).toBe(40 + 750);
    expect(costMicroUsd(writing, { ...usage, cacheWriteTokens: Number.NaN })).toBe(600 + 40);
  });

  it("is the worst case where it is dearer", () => {
    expect(worstCaseMicroUsd(writing, { inputTokens: 1_000, maxOutputTokens: 0 })).toBe(1_250);
  });
});

describe("tokens of a text", () => {
  // Token counts by OpenAI's public tokenizer (o200k_base).
  it.each([
    ["", 0],
    ["hello world", 2],
    ["The quick brown fox jumps over the lazy dog.", 10],
  ])("%j has %d, estimated as no fewer", (text, tokens) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens);
  });

  it("is at least one a character for Chinese, Japanese and Korean", () => {
    for (const text of ["你好世界", "こんにちは", "안녕하세요"]) {
      expect(estimateTokens(text)).toBeGreaterThanOrEqual([...text].length);
    }
  });

  it("rounds up, and is at most one a byte", () => {
    expect(estimateTokens("a")).toBe(1);
    expect(estimateTokens("aaaa")).toBe(2);
    expect(maxTokens("aé你😀")).toBe(1 + 2 + 3 + 4);
    expect(maxTokens("\ud83d")).toBe(3);
    const units = [
      "a",
      "\u007f",
      "\u0080",
      "é",
      "\u07ff",
      "\u0800",
      "你",
      "\uffff",
      "\ud800",
      "\udbff",
      "\udc00",
      "\udfff",
    ];
    for (const one of units)
      for (const two of units)
        for (const three of units) {
          const text = one + two + three;
          expect(maxTokens(text)).toBe(new TextEncoder().encode(text).length);
        }
  });
});
