import { describe, expect, it, vi } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import type { ExchangeBody } from "./exchange.js";
import { readInput } from "./read-input.js";
import { createRequestBody } from "./request-body.js";

const encoder = new TextEncoder();

async function* chunks(...parts: readonly (string | Uint8Array)[]) {
  for (const part of parts) yield typeof part === "string" ? encoder.encode(part) : part;
}
const streamed = (...parts: readonly (string | Uint8Array)[]): ExchangeBody => ({
  kind: "stream",
  chunks: chunks(...parts),
});
const read = (body: ExchangeBody, { limit = 1_048_576, headers = {} } = {}) =>
  readInput(createRequestBody({ body, headers }, limit));
const refusal = (body: ExchangeBody, options = {}) =>
  read(body, options).then(
    () => "accepted",
    (error: unknown) => (isGatewayError(error) ? error.code : error),
  );

describe("readInput", () => {
  it("puts characters together that a chunk has cut", async () => {
    const bytes = encoder.encode('{"message":"£ 🙂"}');
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(await read(streamed(...single))).toEqual({ message: "£ 🙂" });
  });

  it("drops a byte order mark and replaces invalid UTF-8 once", async () => {
    const bytes = Uint8Array.of(
      0xef,
      0xbb,
      0xbf,
      ...encoder.encode('{"a":"x'),
      0xff,
      ...encoder.encode('y"}'),
    );
    expect(await read(streamed(bytes))).toEqual({ a: "x\uFFFDy" });
  });

  it("takes the last of two equal keys", async () => {
    expect(await read(streamed('{"model":"a","model":"b"}'))).toEqual({ model: "b" });
  });

  it.each(["", "  \n", "null", "[]", '"text"', "1", "true"])("refuses %j: it is no object", async (text) => {
    expect(await refusal(streamed(text))).toBe("invalid_request");
  });

  it.each([undefined, null, [], "text", 1])("refuses the parsed body %j", async (value) => {
    expect(await refusal({ kind: "parsed", value })).toBe("invalid_request");
  });

  it("refuses malformed JSON without quoting it anywhere", async () => {
    const error: unknown = await read(streamed('{"message": "CANARY-7c1f')).catch(
      (thrown: unknown) => thrown,
    );
    expect(isGatewayError(error, "invalid_json")).toBe(true);
    const { message, stack, cause } = error as Error;
    expect(`${message} ${stack} ${String(cause)}`).not.toContain("CANARY");
  });

  it("calls a body that breaks off aborted", async () => {
    async function* broken() {
      yield encoder.encode('{"a":');
      throw new Error("socket hang up");
    }
    expect(await refusal({ kind: "stream", chunks: broken() })).toBe("aborted");
  });
});

describe("the size limit", () => {
  it("admits exactly the limit and refuses one byte more, in characters of several bytes too", async () => {
    const text = '{"a":"££"}';
    const bytes = encoder.encode(text).length;
    expect(await refusal(streamed(text), { limit: bytes })).toBe("accepted");
    expect(await refusal(streamed(text), { limit: bytes - 1 })).toBe("payload_too_large");
  });

  it("reads nothing of a body that announces too much", async () => {
    let wasRead = false;
    async function* body() {
      wasRead = true;
      yield encoder.encode("{}");
    }
    const headers = { "content-length": "11" };
    expect(await refusal({ kind: "stream", chunks: body() }, { limit: 10, headers })).toBe(
      "payload_too_large",
    );
    expect(wasRead).toBe(false);
  });

  it("stops reading as soon as the limit is passed", async () => {
    let chunksRead = 0;
    async function* endless() {
      for (;;) {
        chunksRead++;
        yield new Uint8Array(1000).fill(0x20);
      }
    }
    expect(await refusal({ kind: "stream", chunks: endless() }, { limit: 5000 })).toBe("payload_too_large");
    expect(chunksRead).toBe(6);
  });

  it("holds for a body that the host has parsed", async () => {
    const headers = { "content-length": "11" };
    expect(await refusal({ kind: "parsed", value: {} }, { limit: 10, headers })).toBe("payload_too_large");
  });
});

describe("the complexity limits", () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  const withKeys = (count: number) =>
    `{${Array.from({ length: count }, (_, key) => `"k${key}":1`).join(",")}}`;
  const longKey = (length: number) => `{"${"k".repeat(length)}" : 1}`;

  it.each([
    ["64 levels", nested(64)],
    ["10,000 keys", withKeys(10_000)],
    ["a key of 1,024 characters", longKey(1024)],
    ["long text with brackets, colons and quotes", JSON.stringify({ a: '{[":,\\"'.repeat(50_000) })],
  ])("admit %s, sent or parsed", async (_name, text) => {
    expect(await refusal(streamed(text))).toBe("accepted");
    expect(await refusal({ kind: "parsed", value: JSON.parse(text) })).toBe("accepted");
  });

  it.each([
    ["65 levels", nested(65)],
    ["10,001 keys", withKeys(10_001)],
    ["a key of 1,025 characters", longKey(1025)],
    ["a list of 10,002 entries", `{"a":[${"1,".repeat(10_001)}1]}`],
  ])("refuse %s, sent or parsed", async (_name, text) => {
    expect(await refusal(streamed(text))).toBe("too_complex");
    expect(await refusal({ kind: "parsed", value: JSON.parse(text) })).toBe("too_complex");
  });

  it.each([
    ["100,000 levels", nested(100_000)],
    ["100,000 open brackets", "[".repeat(100_000)],
    ["a key of 1 MB", longKey(1_000_000)],
    ["80,000 keys", withKeys(80_000)],
  ])("refuse %s before parsing", async (_name, text) => {
    const parse = vi.spyOn(JSON, "parse");
    expect(await refusal(streamed(text))).toBe("too_complex");
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  it("survive a cycle and a depth that would overflow the stack", async () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expect(await refusal({ kind: "parsed", value: cycle })).toBe("too_complex");
    let deep: object = {};
    for (let level = 0; level < 200_000; level++) deep = { deep };
    expect(await refusal({ kind: "parsed", value: deep })).toBe("too_complex");
  });
});

describe("keys that reach a prototype", () => {
  const texts = [
    '{"a":1,"__proto__":{"polluted":true},"list":[{"constructor":{"prototype":{"polluted":true}}}]}',
    '{"a":1,"\\u005f_proto__":{"polluted":true},"list":[{"construct\\u006fr":{"polluted":true}}]}',
  ];

  it.each(texts)("are dropped at every level of %s", async (text) => {
    for (const body of [streamed(text), { kind: "parsed" as const, value: JSON.parse(text) as unknown }]) {
      const input = await read(body);
      expect(Object.getOwnPropertyNames(input)).toEqual(["a", "list"]);
      expect(input).toEqual({ a: 1, list: [{}] });
      expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("are dropped from a copy: the host's own parsed body stays as it is", async () => {
    const value: unknown = JSON.parse('{"constructor":1}');
    expect(await read({ kind: "parsed", value })).toEqual({});
    expect(Object.keys(value as object)).toEqual(["constructor"]);
  });

  it("stay as text", async () => {
    expect(await read(streamed('{"message":"what is __proto__?"}'))).toEqual({
      message: "what is __proto__?",
    });
  });
});
