import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { createRequestBody } from "./request-body.js";

async function* chunks(...parts: readonly string[]) {
  for (const part of parts) yield new TextEncoder().encode(part);
}
const codeOf = (error: unknown) => (isGatewayError(error) ? error.code : error);

describe("createRequestBody", () => {
  it("gives the bytes as they were sent, in however many chunks", async () => {
    for (const parts of [[], ["{}"], ['{"a":', " 1 ", "}"], ["", "x", ""]]) {
      const body = createRequestBody(
        { body: { kind: "stream", chunks: chunks(...parts) }, headers: {} },
        100,
      );
      expect(new TextDecoder().decode(await body.bytes())).toBe(parts.join(""));
    }
  });

  it("reads nothing before it is asked, and then once for everybody", async () => {
    let reads = 0;
    async function* counted() {
      reads++;
      yield* chunks("{}");
    }
    const body = createRequestBody({ body: { kind: "stream", chunks: counted() }, headers: {} }, 100);
    expect([body.parsed(), reads]).toEqual([undefined, 0]);
    const [one, other] = await Promise.all([body.bytes(), body.bytes()]);
    expect(one).toBe(other);
    expect(await body.bytes()).toBe(one);
    expect(reads).toBe(1);
  });

  it("fails in the same way for everybody who asks", async () => {
    const body = createRequestBody({ body: { kind: "stream", chunks: chunks("123") }, headers: {} }, 2);
    for (let ask = 0; ask < 2; ask++) {
      expect(await body.bytes().catch(codeOf)).toBe("payload_too_large");
    }
  });

  it("ends no process when it breaks off before whoever asked for it looks", async () => {
    async function* broken() {
      yield* chunks("{");
      throw new Error("ECONNRESET");
    }
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    const bytes = createRequestBody({ body: { kind: "stream", chunks: broken() }, headers: {} }, 100).bytes();
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", onUnhandled);
    expect(unhandled).toEqual([]);
    expect(await bytes.catch(codeOf)).toBe("aborted");
  });

  it("lets the server read, once and no further than the limit", async () => {
    const limits: number[] = [];
    const readTo = (answer: Promise<Uint8Array | undefined>) =>
      createRequestBody(
        {
          body: {
            kind: "reader",
            read(maxBytes) {
              limits.push(maxBytes);
              return answer;
            },
          },
          headers: {},
        },
        100,
      );
    const bytes = new TextEncoder().encode("{}");
    const body = readTo(Promise.resolve(bytes));
    expect([body.parsed(), await body.bytes(), await body.bytes()]).toEqual([undefined, bytes, bytes]);
    expect(await readTo(Promise.resolve(undefined)).bytes().catch(codeOf)).toBe("payload_too_large");
    expect(
      await readTo(Promise.reject(new Error("ECONNRESET")))
        .bytes()
        .catch(codeOf),
    ).toBe("aborted");
    expect(limits).toEqual([100, 100, 100]);
  });

  it("has no bytes when the host has parsed the body, and says what to do", async () => {
    const body = createRequestBody({ body: { kind: "parsed", value: { a: 1 } }, headers: {} }, 100);
    expect(body.parsed()).toMatchObject({ value: { a: 1 } });
    const error: unknown = await body.bytes().catch((thrown: unknown) => thrown);
    expect(codeOf(error)).toBe("invalid_config");
    expect(String(error)).toMatch(/body parser ran before the gateway: mount the gateway before it/);
  });
});
