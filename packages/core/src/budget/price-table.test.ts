import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { priceData, pricesAsOf } from "./price-data.js";
import { priceOf } from "./price-table.js";

const rows = Object.entries(priceData);

it("knows the common models", () => {
  expect(priceOf("gpt-4o-mini")).toEqual({ inputUsd: 0.15, cachedInputUsd: 0.075, outputUsd: 0.6 });
  expect(priceOf("gpt-5")).toEqual({ inputUsd: 1.25, cachedInputUsd: 0.125, outputUsd: 10 });
  expect(priceOf("claude-sonnet-4-5")).toMatchObject({
    inputUsd: 3,
    cacheWriteUsd: 3.75,
    tiers: [{ aboveInputTokens: 200_000, inputUsd: 6, outputUsd: 22.5 }],
  });
  expect(priceOf("gemini-2.5-pro")).toMatchObject({ outputUsd: 10, tiers: [{ outputUsd: 15 }] });
  expect(priceOf("text-embedding-3-small")).toEqual({ inputUsd: 0.02, outputUsd: 0 });
  for (const model of ["mistral-large-latest", "llama-3.3-70b-versatile", "deepseek-chat", "grok-4"])
    expect(priceOf(model)?.inputUsd).toBeGreaterThan(0);
});

it("every price is above 0 and cached input is not dearer than input; only embeddings have no output", () => {
  for (const [names, price] of rows) {
    for (const { inputUsd, cachedInputUsd = inputUsd, cacheWriteUsd = inputUsd, outputUsd } of [
      price,
      ...(price.tiers ?? []),
    ]) {
      expect(cachedInputUsd, names).toBeGreaterThan(0);
      expect(cachedInputUsd, names).toBeLessThanOrEqual(inputUsd);
      expect(cacheWriteUsd, names).toBeGreaterThanOrEqual(inputUsd);
      if (!/embed|voyage/.test(names)) expect(outputUsd, names).toBeGreaterThanOrEqual(inputUsd);
    }
  }
});

it("a longer prompt is never cheaper, and tiers go from short prompts to long ones", () => {
  const tiered = rows.filter(([, { tiers }]) => tiers !== undefined);
  expect(tiered.length).toBeGreaterThan(10);
  for (const [names, price] of tiered) {
    expect(() => priceOf("mine", { mine: price }), names).not.toThrow();
    let shorter: { inputUsd: number; outputUsd: number } = price;
    for (const tier of price.tiers ?? []) {
      expect(tier.inputUsd, names).toBeGreaterThan(shorter.inputUsd);
      expect(tier.outputUsd, names).toBeGreaterThan(shorter.outputUsd);
      shorter = tier;
    }
  }
});

it("no name has two prices, and every name is found", () => {
  const names = rows.flatMap(([each]) => each.split(" "));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(200);
  for (const name of names) expect(priceOf(name), name).toBeDefined();
});

it("has a date that is a day", () => {
  expect(new Date(pricesAsOf).toISOString().slice(0, 10)).toBe(pricesAsOf);
});

it.each([
  ["openai/gpt-4o", "gpt-4o"],
  ["openai/gpt-4o-mini-2024-07-18", "gpt-4o-mini"],
  ["anthropic/claude-sonnet-4.5", "claude-sonnet-4-5"],
  ["claude-haiku-4-5-20251001", "claude-haiku-4-5"],
  ["claude-opus-4-1@20250805", "claude-opus-4-1"],
  ["models/gemini-2.5-flash", "gemini-2.5-flash"],
  ["gemini-2.0-flash-001", "gemini-2.0-flash"],
])("%s costs what %s costs", (name, model) => {
  expect(priceOf(name)).toBeDefined();
  expect(priceOf(name)).toEqual(priceOf(model));
});

it("a vendor that sells another's model has a price of its own", () => {
  expect(priceOf("openai/gpt-oss-120b")).toMatchObject({ inputUsd: 0.15, outputUsd: 0.6 });
});

it("a dated snapshot has its family's price unless it has one of its own", () => {
  expect(priceOf("gpt-4o-mini-2024-07-18")).toEqual(priceOf("gpt-4o-mini"));
  expect(priceOf("gpt-4o-2024-05-13")).toMatchObject({ inputUsd: 5, outputUsd: 15 });
});

it.each([
  "",
  "gpt-4o-mini-audio",
  "ft:gpt-4o-mini-2024-07-18:acme::1",
  "my-model",
  "acme/gpt-4o",
  "gpt-4o/",
  "openai/",
  "gpt-4o gpt-4o-mini",
  "constructor",
  "__proto__",
])("%j is unknown, not free", (model) => expect(priceOf(model)).toBeUndefined());

describe("overrides", () => {
  const mine = { inputUsd: 1, outputUsd: 2 };

  it("come before the table and reach snapshots", () => {
    expect(priceOf("gpt-4o-mini", { "gpt-4o-mini": mine })).toBe(mine);
    expect(priceOf("gpt-4o-mini-2024-07-18", { "gpt-4o-mini": mine })).toBe(mine);
    expect(priceOf("my-model", { "my-model": mine })).toBe(mine);
  });

  it("reach a name with its vendor in front, unless that has one of its own", () => {
    expect(priceOf("openai/gpt-4o", { "gpt-4o": mine })).toBe(mine);
    const other = { inputUsd: 3, outputUsd: 4 };
    expect(priceOf("openai/gpt-4o", { "gpt-4o": mine, "openai/gpt-4o": other })).toBe(other);
  });

  it.each([
    [{ aboveInputTokens: 0, inputUsd: 1, outputUsd: 1 }],
    [{ aboveInputTokens: 10, inputUsd: 1, outputUsd: Number.NaN }],
    [{ aboveInputTokens: 10, inputUsd: 1, outputUsd: 1, cacheWriteUsd: -1 }],
    [
      { aboveInputTokens: 10, inputUsd: 1, outputUsd: 1 },
      { aboveInputTokens: 10, inputUsd: 2, outputUsd: 2 },
    ],
  ])("with tiers that make no sense are refused: %j", (...tiers) => {
    expect(() => priceOf("my-model", { "my-model": { ...mine, tiers } })).toThrowError(
      expect.toSatisfy((error) => isGatewayError(error, "invalid_config")),
    );
  });

  it("may say that a model is free", () => {
    const free = { inputUsd: 0, outputUsd: 0 };
    expect(priceOf("my-model", { "my-model": free })).toBe(free);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])("of %d are refused", (inputUsd) => {
    expect(() => priceOf("my-model", { "my-model": { inputUsd, outputUsd: 1 } })).toThrowError(
      expect.toSatisfy((error) => isGatewayError(error, "invalid_config")),
    );
  });
});
