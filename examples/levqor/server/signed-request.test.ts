import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSignedRequests, type SignedRequest } from "./signed-request.js";

const startSeconds = 1_614_265_330;
const secret = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");

/** The example of the Standard Webhooks specification, which its libraries test themselves with. */
const example: SignedRequest = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: String(startSeconds),
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  body: Buffer.from('{"test": 2432232314}'),
};

function signed(
  changes: { readonly id?: string; readonly timestamp?: string; readonly key?: Uint8Array } = {},
) {
  const { id = "msg_1", timestamp = String(startSeconds), key = secret } = changes;
  const body = Buffer.from("{}");
  const hmac = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body);
  return { id, timestamp, body, digest: hmac.digest() };
}

const withSignature = (changes?: Parameters<typeof signed>[0]): SignedRequest => {
  const { digest, ...request } = signed(changes);
  return { ...request, signature: `v1,${digest.toString("base64")}` };
};

const verifier = (now = startSeconds, secrets: Uint8Array[] = [secret]) =>
  createSignedRequests({ secrets, now: () => now * 1000 });
const refusal = (pattern: RegExp) =>
  expect.objectContaining({ code: "unauthenticated", message: expect.stringMatching(pattern) });

describe("createSignedRequests", () => {
  it("admits the specification's example", () => {
    expect(() => verifier().verify(example)).not.toThrow();
  });

  it.each<[string, Partial<SignedRequest>, RegExp]>([
    ["another body", { body: Buffer.from('{"test":2432232314}') }, /does not match/],
    ["another id", { id: "msg_2" }, /does not match/],
    ["another time", { timestamp: String(startSeconds + 1) }, /does not match/],
    ["no id", { id: undefined }, /webhook-id/],
    ["an id with a newline", { id: "msg\n1" }, /webhook-id/],
    ["no time", { timestamp: undefined }, /webhook-timestamp/],
    ["no signature", { signature: undefined }, /does not match/],
    ["an empty signature", { signature: "" }, /does not match/],
    [
      "a signature of another version",
      { signature: "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" },
      /does not match/,
    ],
    ["base64url", { signature: "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE" }, /does not match/],
    ["a short signature", { signature: "v1,g0hM9SsE" }, /does not match/],
    ["milliseconds", { timestamp: `${startSeconds}000` }, /seconds off/],
  ])("refuses %s", (_what, change, message) => {
    expect(() => verifier().verify({ ...example, ...change })).toThrow(refusal(message));
  });

  it("refuses hexadecimal", () => {
    const { digest, ...request } = signed();
    expect(() => verifier().verify({ ...request, signature: `v1,${digest.toString("hex")}` })).toThrow(
      refusal(/match/),
    );
  });

  it.each([
    [-300, true],
    [-301, false],
    [300, true],
    [301, false],
  ])("judges a clock that is %i seconds off", (seconds, isAdmitted) => {
    const attempt = () => verifier(startSeconds + seconds).verify(example);
    if (isAdmitted) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(refusal(/300 seconds off/));
  });

  it("reads eight signatures and no more", () => {
    const wrong = `v1,${Buffer.alloc(32).toString("base64")}`;
    const listed = (before: number) => ({
      ...example,
      signature: `${`${wrong} `.repeat(before)}${example.signature}`,
    });
    expect(() => verifier().verify(listed(7))).not.toThrow();
    expect(() => verifier().verify(listed(8))).toThrow(refusal(/match/));
  });

  it("admits the old and the new secret while they change", () => {
    const next = new Uint8Array(32).fill(1);
    const requests = verifier(startSeconds, [next, secret]);
    requests.verify(withSignature({ id: "a", key: next }));
    requests.verify(withSignature({ id: "b" }));
    expect(() => requests.verify(withSignature({ id: "c", key: new Uint8Array(32) }))).toThrow(
      refusal(/match/),
    );
  });

  it("admits a request once, as long as its time could be accepted", () => {
    let now = startSeconds - 300;
    const requests = createSignedRequests({ secrets: [secret], now: () => now * 1000 });
    requests.verify(example);
    expect(() => requests.verify(example)).toThrow(refusal(/used before/));
    now = startSeconds + 299;
    expect(() => requests.verify(example)).toThrow(refusal(/used before/));
    now = startSeconds + 300;
    expect(() => requests.verify(withSignature({ id: "other", timestamp: String(now) }))).not.toThrow();
  });

  it("does not let a forger use up an id", () => {
    const requests = verifier();
    expect(() => requests.verify({ ...example, signature: "v1,forged" })).toThrow();
    expect(() => requests.verify(example)).not.toThrow();
  });
});
