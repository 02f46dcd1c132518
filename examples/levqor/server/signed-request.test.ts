import { createHmac } from "node:crypto";
import { GatewayError } from "@levqor/core";
import { memoryReplayStore } from "@levqor/core/http";
import { manualClock } from "@levqor/core/testing";
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
  it("admits the specification's example", async () => {
    await expect(verifier().verify(example)).resolves.toBeUndefined();
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
  ])("refuses %s", async (_what, change, message) => {
    await expect(verifier().verify({ ...example, ...change })).rejects.toEqual(refusal(message));
  });

  it("refuses hexadecimal", async () => {
    const { digest, ...request } = signed();
    await expect(
      verifier().verify({ ...request, signature: `v1,${digest.toString("hex")}` }),
    ).rejects.toEqual(refusal(/match/));
  });

  it.each([
    [-300, true],
    [-301, false],
    [300, true],
    [301, false],
  ])("judges a clock that is %i seconds off", async (seconds, isAdmitted) => {
    const attempt = verifier(startSeconds + seconds).verify(example);
    if (isAdmitted) await expect(attempt).resolves.toBeUndefined();
    else await expect(attempt).rejects.toEqual(refusal(/300 seconds off/));
  });

  it("reads eight signatures and no more", async () => {
    const wrong = `v1,${Buffer.alloc(32).toString("base64")}`;
    const listed = (before: number) => ({
      ...example,
      signature: `${`${wrong} `.repeat(before)}${example.signature}`,
    });
    await expect(verifier().verify(listed(7))).resolves.toBeUndefined();
    await expect(verifier().verify(listed(8))).rejects.toEqual(refusal(/match/));
  });

  it("admits the old and the new secret while they change", async () => {
    const next = new Uint8Array(32).fill(1);
    const requests = verifier(startSeconds, [next, secret]);
    await requests.verify(withSignature({ id: "a", key: next }));
    await requests.verify(withSignature({ id: "b" }));
    await expect(requests.verify(withSignature({ id: "c", key: new Uint8Array(32) }))).rejects.toEqual(
      refusal(/match/),
    );
  });

  it("admits a request once, as long as its time could be accepted, on every server", async () => {
    const clock = manualClock(startSeconds * 1000 - 300_000);
    const replayStore = memoryReplayStore({ clock });
    const server = () => createSignedRequests({ secrets: [secret], now: clock.now, replayStore });
    const [one, other] = [server(), server()];
    await one.verify(example);
    for (const requests of [one, other])
      await expect(requests.verify(example)).rejects.toEqual(refusal(/used before/));
    await clock.advance(599_000);
    await expect(other.verify(example)).rejects.toEqual(refusal(/used before/));
  });

  it("admits nothing while nobody can tell whether it was seen", async () => {
    const claim = async () => Promise.reject(new GatewayError("store_unavailable", "gone"));
    const requests = createSignedRequests({
      secrets: [secret],
      now: () => startSeconds * 1000,
      replayStore: { claim },
    });
    await expect(requests.verify(example)).rejects.toMatchObject({ code: "store_unavailable" });
  });

  it("does not let a forger use up an id", async () => {
    const requests = verifier();
    await expect(requests.verify({ ...example, signature: "v1,forged" })).rejects.toEqual(refusal(/match/));
    await expect(requests.verify(example)).resolves.toBeUndefined();
  });
});
