import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { collectToolCalls } from "./openai-tool-calls.js";

const start = (id: string, name: string, index?: number) => ({
  index,
  id,
  function: { name, arguments: "" },
});
const piece = (text: string, index?: number) => ({ index, function: { arguments: text } });

describe("collectToolCalls", () => {
  it("keeps calls apart whose pieces come mixed", () => {
    const calls = collectToolCalls();
    const events = [
      ...calls.add([start("a", "one", 0), start("b", "two", 1)]),
      ...calls.add([piece('{"y"', 1), piece('{"x":1}', 0)]),
      ...calls.add([piece(":2}", 1)]),
      ...calls.end("tool-calls"),
    ];
    expect(events.filter(({ type }) => type === "tool-call-end")).toEqual([
      { type: "tool-call-end", id: "a", name: "one", arguments: '{"x":1}' },
      { type: "tool-call-end", id: "b", name: "two", arguments: '{"y":2}' },
    ]);
    expect(calls.count).toBe(2);
  });

  it("tells calls apart by their ids where a server numbers none of them", () => {
    const calls = collectToolCalls();
    const events = [
      ...calls.add([start("a", "one")]),
      ...calls.add([piece("{}")]),
      ...calls.add([start("b", "two")]),
      ...calls.add([piece('{"z":1}')]),
      ...calls.end("tool-calls"),
    ];
    expect(events.flatMap((event) => (event.type === "tool-call-end" ? [event.arguments] : []))).toEqual([
      "{}",
      '{"z":1}',
    ]);
  });

  it("does not start a call again whose every piece has the id", () => {
    const calls = collectToolCalls();
    const events = [
      ...calls.add([{ ...start("a", "one", 0), function: { name: "one", arguments: "{" } }]),
      ...calls.add([{ ...start("a", "one", 0), function: { name: "one", arguments: "}" } }]),
      ...calls.end("tool-calls"),
    ];
    expect(events.filter(({ type }) => type === "tool-call-start")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: "tool-call-end", arguments: "{}" });
  });

  it("passes arguments on as they are, also when they are no JSON", () => {
    const calls = collectToolCalls();
    const whole = { id: "a", function: { name: "one", arguments: "{city: " } };
    const events = [...calls.add([whole]), ...calls.end("tool-calls")];
    expect(events.at(-1)).toMatchObject({ type: "tool-call-end", arguments: "{city: " });
  });

  it("ends all calls but the last when the token limit was hit", () => {
    const calls = collectToolCalls();
    const started = [...calls.add([start("a", "one", 0), start("b", "two", 1)])];
    const ended = [...calls.end("length")];
    expect(started).toHaveLength(2);
    expect(ended.flatMap((event) => (event.type === "tool-call-end" ? [event.id] : []))).toEqual(["a"]);
  });

  it.each([
    ["no id", { index: 0, function: { name: "one" } }],
    ["no name", { index: 0, id: "a", function: {} }],
    ["no function", { index: 0, id: "a" }],
  ])("refuses a call with %s", (_, broken) => {
    expect(() => [...collectToolCalls().add([broken])]).toThrow(
      expect.toSatisfy((error) => isGatewayError(error, "provider_malformed")),
    );
  });
});
