import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import type { Misfit } from "../output/output-reader.js";
import { repairMessages } from "./repair-messages.js";
import type { RouteRequest } from "./router.js";

const schema = {
  type: "object",
  properties: {
    steps: { type: "array", items: { $ref: "#/$defs/step" } },
  },
  $defs: { step: { type: "object", properties: { name: { type: "string" } } } },
};
const request: RouteRequest["request"] = {
  prompt: { system: "Plan.", messages: [{ role: "user", content: "Go" }] },
  responseFormat: { name: "plan", schema },
  maxOutputTokens: 10,
  temperature: 0,
  incremental: false,
};
const misfit = (cause?: unknown) => new GatewayError("invalid_output", "CANARY", { cause });
const at = (...places: Misfit["places"]): GatewayError => misfit({ places } satisfies Misfit);
const askedOf = (failure: unknown, reply = { text: "{}" }) =>
  repairMessages(request, reply, failure)?.at(-1)?.content;

describe("repairMessages", () => {
  it("sends the reply back, then says what is wanted", () => {
    const messages = repairMessages(request, { text: '{"steps":3}' }, at(["steps"]));
    expect(messages).toEqual([
      { role: "assistant", content: '{"steps":3}' },
      { role: "user", content: expect.stringContaining("at: steps.") },
    ]);
  });

  it("names places once each, and the root", () => {
    const failure = at(["steps", 0, "name"], ["steps", 0, "name"], []);
    expect(askedOf(failure)).toContain("at: steps.0.name, the root.");
  });

  it("names no key that the schema does not have, and no more than twenty places", () => {
    expect(askedOf(at(["ada@example.com", "name"], ["constructor"]))).toContain("at: *.name, *.");
    const many = Array.from({ length: 30 }, (_, index) => ["steps", index]);
    expect(askedOf(at(...many))).toContain("steps.19.");
    expect(askedOf(at(...many))).not.toContain("steps.20");
  });

  it.each([undefined, "CANARY", { places: "CANARY" }, { places: ["CANARY"] }, new Error("CANARY")])(
    "quotes nothing of a failure that names no places: %s",
    (cause) => {
      expect(askedOf(misfit(cause))).toMatch(/^Your last reply can't be used\. Answer again/);
    },
  );

  it("says that a reply broke off", () => {
    expect(repairMessages(request, { text: "{", cutOff: true }, misfit())?.at(-1)?.content).toContain(
      "broke off",
    );
  });

  it("asks for no repair where none helps", () => {
    const reply = { text: "{}" };
    expect(repairMessages({ ...request, responseFormat: undefined }, reply, misfit())).toBeUndefined();
    expect(repairMessages(request, { text: " \n" }, misfit())).toBeUndefined();
    expect(repairMessages(request, {}, misfit())).toBeUndefined();
    expect(repairMessages(request, { text: "x".repeat(20_001) }, misfit())).toBeUndefined();
    expect(repairMessages(request, reply, new GatewayError("provider_cut", "cut"))).toBeUndefined();
    expect(repairMessages(request, reply, new Error("other"))).toBeUndefined();
  });

  it("reads a schema that refers to itself as an object", () => {
    const circular = { properties: { name: {} }, items: {} };
    circular.items = circular;
    const asked = repairMessages(
      { ...request, responseFormat: { name: "c", schema: circular } },
      { text: "{}" },
      at(["name"]),
    );
    expect(asked?.at(-1)?.content).toContain("at: name.");
  });
});
