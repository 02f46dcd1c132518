import { expect, it } from "vitest";
import type { Usage } from "../provider/provider.js";
import type { AttemptReport } from "../route/router.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { toAttempt } from "./attempt-cost.js";

const target = {
  name: "t",
  provider: fakeProvider([]),
  model: "m",
  price: { inputUsd: 1, outputUsd: 10 },
  maxConcurrent: 1,
};
const reported = (inputTokens: number, outputTokens: number): Usage => ({
  inputTokens,
  outputTokens,
  source: "reported",
});

function attemptOf(report: Partial<AttemptReport>) {
  const whole = {
    target,
    outcome: "ok" as const,
    durationMs: 1,
    usage: undefined,
    receivedText: "",
    ...report,
  };
  return toAttempt({ problem: undefined, ...whole }, () => 100);
}

it("costs what was reported", () => {
  const attempt = attemptOf({ usage: reported(7, 3), receivedText: "Twelve bytes" });
  expect(attempt).toMatchObject({ usage: reported(7, 3), costMicroUsd: 37 });
});

it.each([
  ["no output although there was text", reported(7, 0), { inputTokens: 7, outputTokens: 334 }],
  ["far too little output", reported(7, 14), { inputTokens: 7, outputTokens: 334 }],
  ["no input although something was asked", reported(0, 300), { inputTokens: 100, outputTokens: 300 }],
])("is estimated when the provider reports %s", (_, usage, counted) => {
  const { usage: used, costMicroUsd } = attemptOf({ usage, receivedText: "x".repeat(1_000) });
  expect(used).toEqual({ ...counted, source: "estimated" });
  expect(costMicroUsd).toBe(counted.inputTokens + counted.outputTokens * 10);
});

it("believes a report that is low but can be true, and one of more than was received", () => {
  const receivedText = "x".repeat(1_000);
  for (const outputTokens of [15, 250, 5_000])
    expect(attemptOf({ usage: reported(7, outputTokens), receivedText }).usage).toEqual(
      reported(7, outputTokens),
    );
});

it("says whether the price is assumed", () => {
  expect(attemptOf({ target: { ...target, unpriced: "assumed" } })).toMatchObject({ unpriced: "assumed" });
  expect(attemptOf({})).not.toHaveProperty("unpriced");
});
