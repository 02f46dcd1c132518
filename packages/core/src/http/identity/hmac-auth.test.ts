import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signRequest } from "../../client/sign-request.js";
import { GatewayError, isGatewayError } from "../../errors/gateway-error.js";
import { manualClock } from "../../testing/manual-clock.js";
import { type HmacAuthOptions, hmacAuth } from "./hmac-auth.js";
import type { IdentifyContext } from "./identify.js";
import { identifyContext } from "./identify-context.test-support.js";
import { memoryReplayStore } from "./memory-replay-store.js";

const startS = 1_614_265_330;
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const key = Buffer.from(secret.slice("whsec_".length), "base64");
const otherSecret = `whsec_${Buffer.from("another secret of enough bytes").toString("base64")}`;
const caller = { userId: "billing", tenantId: "partner", roles: ["service"] };
const text = '{"test": 2432232314}';

/** The example of the Standard Webhooks specification. */
const headers = {
  "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
  "webhook-timestamp": String(startS),
  "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};
const base64 = headers["webhook-signature"].slice("v1,".length);
const example = (changes: Readonly<Record<string, string | undefined>> = {}, body = text) =>
  identifyContext({ headers: { ...headers, ...changes }, text: body });

const authAt = (atS = startS, options: Partial<HmacAuthOptions> = {}) =>
  hmacAuth({ secrets: [secret], caller, clock: manualClock(atS * 1000), ...options });
const verdict = async (auth: ReturnType<typeof hmacAuth>, context: IdentifyContext) => {
  try {
    return (await auth(undefined, context)) === undefined ? "no credentials" : "accepted";
  } catch (error) {
    if (isGatewayError(error, "unauthenticated"))
      expect(error.message).toBe("Your credentials are not valid. Please sign in again.");
    return isGatewayError(error) ? error.code : error;
  }
};
const signed = async (changes: { id?: string; secret?: string; atS?: number } = {}) => {
  const { id = "msg_1", atS = startS } = changes;
  const own = await signRequest({ secret: changes.secret ?? secret, body: text, id, now: () => atS * 1000 });
  return identifyContext({ headers: own, text });
};

describe("hmacAuth", () => {
  it("takes the specification's example, for the sender's own caller", async () => {
    expect(await authAt()(undefined, example())).toEqual(caller);
  });

  it("sees no credentials where none of the three headers is", async () => {
    expect(await verdict(authAt(), identifyContext())).toBe("no credentials");
  });

  it.each(Object.keys(headers))("takes a request with %s alone for a broken one", async (name) => {
    const context = identifyContext({ headers: { [name]: headers[name as keyof typeof headers] }, text });
    expect(await verdict(authAt(), context)).toBe("unauthenticated");
  });

  it("takes the old and the new secret while they change", async () => {
    const auth = authAt(startS, { secrets: [otherSecret, secret] });
    expect(await verdict(auth, await signed({ id: "a", secret: otherSecret }))).toBe("accepted");
    expect(await verdict(auth, await signed({ id: "b" }))).toBe("accepted");
    const third = `whsec_${Buffer.from("a third secret of enough bytes..").toString("base64")}`;
    expect(await verdict(auth, await signed({ id: "c", secret: third }))).toBe("unauthenticated");
  });

  it("reads the body only when everything else could be right", async () => {
    let reads = 0;
    const body = async () => {
      reads++;
      return new TextEncoder().encode(text);
    };
    const wrong = [{ "webhook-id": "" }, { "webhook-timestamp": "1" }, { "webhook-signature": "v1,x" }];
    for (const change of wrong) await verdict(authAt(), { ...example(change), body });
    expect(reads).toBe(0);
    await verdict(authAt(), { ...example(), body });
    expect(reads).toBe(1);
  });

  it("passes on what is wrong with the body itself", async () => {
    const tooLarge = new GatewayError("payload_too_large", "no", { details: { limitBytes: 1 } });
    const context = { ...example(), body: () => Promise.reject(tooLarge) };
    expect(await verdict(authAt(), context)).toBe("payload_too_large");
  });
});

describe("F25: a signature", () => {
  const digest = createHmac("sha256", key).update(`${headers["webhook-id"]}.${startS}.${text}`).digest();
  const wrong = `v1,${Buffer.alloc(32).toString("base64")}`;

  it.each<[string, Readonly<Record<string, string | undefined>>, string?]>([
    ["over a body that was serialized again", {}, JSON.stringify(JSON.parse(text))],
    ["over a body with a newline more", {}, `${text}\n`],
    ["over no body", {}, ""],
    ["of another id", { "webhook-id": "msg_2" }],
    ["of another time", { "webhook-timestamp": String(startS + 1) }],
    ["in hexadecimal", { "webhook-signature": `v1,${digest.toString("hex")}` }],
    ["in upper case hexadecimal", { "webhook-signature": `v1,${digest.toString("hex").toUpperCase()}` }],
    ["in base64url", { "webhook-signature": `v1,${digest.toString("base64url")}` }],
    ["without padding", { "webhook-signature": `v1,${base64.slice(0, -1)}` }],
    ["in other letters", { "webhook-signature": `v1,${base64.toLowerCase()}` }],
    ["that is empty", { "webhook-signature": "" }],
    ["that is missing", { "webhook-signature": undefined }],
    ["of a version only", { "webhook-signature": "v1," }],
    ["of another version", { "webhook-signature": `v2,${base64}` }],
    ["without a version", { "webhook-signature": base64 }],
    ["that is too short", { "webhook-signature": `v1,${digest.subarray(0, 16).toString("base64")}` }],
    ["that is too long", { "webhook-signature": `v1,${Buffer.concat([digest, digest]).toString("base64")}` }],
    ["with a byte changed", { "webhook-signature": `v1,h${base64.slice(1)}` }],
    ["of spaces", { "webhook-signature": " ".repeat(100) }],
    ["with a NUL", { "webhook-signature": `v1,${base64}\0` }],
    ["without an id", { "webhook-id": undefined }],
    ["of an id with a newline", { "webhook-id": "msg\n1" }],
    ["of an id of 10 KB", { "webhook-id": "m".repeat(10_000) }],
    ["of an id that a proxy has joined", { "webhook-id": "msg_1, msg_2" }],
    ["without a time", { "webhook-timestamp": undefined }],
    ["of a time in words", { "webhook-timestamp": "now" }],
    ["of a time with a sign", { "webhook-timestamp": `+${startS}` }],
    ["of a time with a fraction", { "webhook-timestamp": `${startS}.0` }],
    ["of a time in hexadecimal", { "webhook-timestamp": `0x${startS.toString(16)}` }],
    ["of a time of 1,000 digits", { "webhook-timestamp": "1".repeat(1000) }],
  ])("%s is refused", async (_name, changes, body) => {
    expect(await verdict(authAt(), example(changes, body ?? text))).toBe("unauthenticated");
  });

  it("may stand among seven others, and not behind eight", async () => {
    const among = (before: number) =>
      example({ "webhook-signature": `${`${wrong} `.repeat(before)}v1,${base64}` });
    expect(await verdict(authAt(), among(7))).toBe("accepted");
    expect(await verdict(authAt(), among(8))).toBe("unauthenticated");
  });

  it("among 10,000 costs no more than among eight", async () => {
    const many = example({ "webhook-signature": Array(10_000).fill(wrong).join(" ") });
    const auth = authAt();
    await verdict(auth, many);
    const start = process.cpuUsage();
    for (let round = 0; round < 20; round++) expect(await verdict(auth, many)).toBe("unauthenticated");
    expect(process.cpuUsage(start).user / 1000 / 20).toBeLessThan(5);
  });

  it("that is forged does not use up the id", async () => {
    const auth = authAt();
    expect(await verdict(auth, example({ "webhook-signature": wrong }))).toBe("unauthenticated");
    expect(await verdict(auth, example())).toBe("accepted");
  });
});

describe("F26: a signed request", () => {
  it.each([
    ["299 s ago", 299, "accepted"],
    ["301 s ago", 301, "unauthenticated"],
    ["299 s in the future", -299, "accepted"],
    ["301 s in the future", -301, "unauthenticated"],
  ])("of %s", async (_name, aheadS, expected) => {
    expect(await verdict(authAt(startS + aheadS), example())).toBe(expected);
  });

  it("with milliseconds in place of seconds is refused", async () => {
    const context = await signed({ atS: startS * 1000 });
    expect(await verdict(authAt(), context)).toBe("unauthenticated");
  });

  it("sent 1,000 times at once is accepted once", async () => {
    const auth = authAt();
    const context = await signed();
    const verdicts = await Promise.all(Array.from({ length: 1000 }, () => verdict(auth, context)));
    expect(verdicts.filter((each) => each === "accepted").length).toBe(1);
    expect(verdicts.filter((each) => each === "unauthenticated").length).toBe(999);
  });

  it("is not accepted again cut in another place: as another id, time and body", async () => {
    const auth = authAt();
    const own = await signRequest({ secret, id: `job.${startS}`, now: () => startS * 1000 });
    const cut = { ...own, "webhook-id": "job", "webhook-timestamp": String(startS) };
    const verdicts = [
      await verdict(auth, identifyContext({ headers: own })),
      await verdict(auth, identifyContext({ headers: cut, text: `${startS}.` })),
    ];
    expect(verdicts.filter((each) => each === "accepted").length).toBeLessThan(2);
    expect(await verdict(auth, await signed({ id: "job-1_A" }))).toBe("accepted");
  });

  it("is remembered as long as its time is accepted, by all servers that share a store", async () => {
    const clock = manualClock((startS - 300) * 1000);
    const replayStore = memoryReplayStore({ clock });
    const [one, other] = [authAt(0, { clock, replayStore }), authAt(0, { clock, replayStore })];
    expect(await verdict(one, example())).toBe("accepted");
    for (let passedS = 0; passedS <= 700; passedS += 50) {
      expect(await verdict(other, example())).toBe("unauthenticated");
      await clock.advance(50_000);
    }
  });

  it("of one sender does not use up another sender's ids", async () => {
    const replayStore = memoryReplayStore();
    const [one, other] = [
      authAt(startS, { replayStore }),
      authAt(startS, { replayStore, caller: { userId: "billing", tenantId: "second" } }),
    ];
    expect(await verdict(one, example())).toBe("accepted");
    expect(await verdict(other, example())).toBe("accepted");
    expect(await verdict(other, example())).toBe("unauthenticated");
  });

  it.each<[string, () => Promise<boolean>, string]>([
    ["fails", () => Promise.reject(new Error("redis://CANARY refused")), "store_unavailable"],
    [
      "is unavailable",
      () => Promise.reject(new GatewayError("store_unavailable", "gone")),
      "store_unavailable",
    ],
    ["answers nonsense", () => Promise.resolve("OK" as unknown as boolean), "unauthenticated"],
  ])("is not accepted when the store %s", async (_name, claim, code) => {
    expect(await verdict(authAt(startS, { replayStore: { claim } }), example())).toBe(code);
  });
});

describe("a store that says itself why it fails", () => {
  it("is heard by the log", async () => {
    const full = memoryReplayStore({ maxIds: 1 });
    const auth = authAt(startS, { replayStore: full });
    await verdict(auth, await signed({ id: "a" }));
    await expect(auth(undefined, await signed({ id: "b" }))).rejects.toThrow(/no room for another id/);
  });
});

describe("F27: when the wall clock jumps", () => {
  it("claims keep their length, and nothing is claimed for less than nothing", async () => {
    const ttls: number[] = [];
    let nowMs = startS * 1000;
    const clock = { ...manualClock(), now: () => nowMs };
    const replayStore = { claim: async (_id: string, ttlMs: number) => ttls.push(ttlMs) > 0 };
    const auth = authAt(0, { clock, replayStore });
    for (const jumpS of [0, 300, -300, 3600, -3600]) {
      nowMs = (startS + jumpS) * 1000;
      await verdict(auth, example());
    }
    expect(ttls).toEqual([900_000, 900_000, 900_000]);
  });
});

describe("F48: hmacAuth refuses at start", () => {
  it.each<[string, object, RegExp]>([
    ["no secrets", { secrets: [] }, /^secrets: must hold one/],
    ["a secret in place of a list", { secrets: secret }, /^secrets: must be a list/],
    ["a short secret", { secrets: [secret, "whsec_Q0FOQVJZ"] }, /^secrets\.1: must be random/],
    ["a secret without whsec_", { secrets: ["CANARY-CANARY-CANARY-CANARY-CANARY"] }, /^secrets\.0/],
    ["a secret of zeros", { secrets: [new Uint8Array(32)] }, /^secrets\.0/],
    ["no caller", { caller: undefined }, /^caller/],
    ["a caller who is nobody", { caller: { tenantId: "acme" } }, /^caller\.userId: must be a text/],
    ["a caller with an empty tenant", { caller: { ...caller, tenantId: "" } }, /^caller\.tenantId: must not/],
    ["a misspelt caller", { caller: { ...caller, tenant: "CANARY" } }, /^caller\.tenant: there is no such/],
    ["no tolerance", { toleranceS: 0 }, /^toleranceS/],
    ["a tolerance in milliseconds", { toleranceS: 300_000 }, /^toleranceS/],
    ["a store that is none", { replayStore: {} }, /^replayStore: must be an object with claim\(\)/],
    ["an unknown option", { secret: "CANARY" }, /^secret: there is no such option/],
  ])("%s, naming the option and never its value", (_name, changes, expected) => {
    try {
      hmacAuth({ secrets: [secret], caller, ...changes } as HmacAuthOptions);
      expect.unreachable();
    } catch (error) {
      if (!isGatewayError(error, "invalid_config")) throw error;
      expect(error.details.problems[0]).toMatch(expected);
      expect(error.message).not.toContain("CANARY");
    }
  });
});
