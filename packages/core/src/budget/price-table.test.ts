import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { priceOf, priceTable } from "./price-table.js";

it("knows the common models", () => {
  expect(priceOf("gpt-4o-mini")).toEqual({ inputUsd: 0.15, cachedInputUsd: 0.075, outputUsd: 0.6 });
  expect(priceOf("gpt-5")).toEqual({ inputUsd: 1.25, cachedInputUsd: 0.125, outputUsd: 10 });
});

it("every price is above 0, cached input is not dearer than input, and output is dearer", () => {
  for (const { inputUsd, cachedInputUsd = inputUsd, outputUsd } of Object.values(priceTable)) {
    expect(cachedInputUsd).toBeGreaterThan(0);
    expect(cachedInputUsd).toBeLessThanOrEqual(inputUsd);
    expect(outputUsd).toBeGreaterThan(inputUsd);
  }
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
