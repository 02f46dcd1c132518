import { describe, expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import { isGatewayError } from "../errors/gateway-error.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { KnownValues } from "./known-values.js";
import { patternMasker } from "./pattern-masker.js";

const masker = patternMasker({ createNonce: () => "k3f9" });
const shape = "known: must be a list of texts, or lists by type";

async function problemsOf(known: unknown): Promise<readonly string[]> {
  try {
    await masker.mask("text", { known: known as KnownValues });
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
}

describe("the known values of a call", () => {
  it.each<[string, unknown, string]>([
    ["a text alone", "CANARY", shape],
    ["null", null, shape],
    ["a number", 7, shape],
    ["a list with a number", ["Ada", 7], shape],
    ["a list with null", [null], shape],
    ["a list in a list", [["CANARY"]], shape],
    ["a text by type", { person: "CANARY" }, shape],
    ["null by type", { person: null }, shape],
    ["a number by type", { person: [7] }, shape],
    ["a set, which would seem to be empty", new Set(["CANARY"]), shape],
    ["a map", new Map([["person", ["CANARY"]]]), shape],
    [
      "a type that no placeholder can have",
      { "CANARY!": ["Ada"] },
      "known: a type must be up to four lower case words of letters and digits, joined by _",
    ],
  ])("are refused when they are %s, and not quoted", async (_, known, problem) => {
    expect(await problemsOf(known)).toEqual([problem]);
    expect(() => masker.detect("text", { known: known as KnownValues })).toThrow(problem);
  });

  it("are those that are there: undefined and empty ones are left out", () => {
    for (const known of [
      undefined,
      [],
      {},
      [undefined],
      [""],
      { person: undefined },
      { person: [undefined, ""] },
    ])
      expect(masker.mask("Ada", { known })).toMatchObject({ value: "Ada" });
    expect(masker.mask("Ada", { known: [undefined, "Ada", ""] })).toMatchObject({
      value: "[KNOWN_k3f9_0001]",
    });
    const byType = { person: [undefined, "Ada"], company: undefined };
    expect(masker.mask("Ada", { known: byType })).toMatchObject({ value: "[PERSON_k3f9_0001]" });
  });

  it("may be undefined for a masker, too", () => {
    const known = { person: ["Ada", undefined], company: undefined };
    expect(patternMasker({ known, createNonce: () => "k3f9" }).mask("Ada", {})).toMatchObject({
      value: "[PERSON_k3f9_0001]",
    });
  });

  it("end a call that has wrong ones with what is wrong, before anything leaves", async () => {
    const provider = fakeProvider([{ text: "hi" }]);
    const gateway = createAiGateway({
      provider,
      auditSink: memoryAuditSink(),
      logger: { info() {}, warn() {}, error() {} },
    });
    const known = "CANARY" as never;
    await expect(gateway.chat({ message: "Hello" }, { known })).rejects.toMatchObject({
      code: "invalid_config",
      details: { problems: [shape] },
    });
    expect(provider.requests).toEqual([]);
  });
});
