import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { GatewayError, isGatewayError } from "../../../errors/gateway-error.js";
import { manualClock } from "../../../testing/manual-clock.js";
import { identifyContext, withHeader } from "../identify-context.test-support.js";
import { type JwtAuthOptions, jwtAuth, jwtCaller } from "./jwt-auth.js";

const startMs = manualClock().now();
const secret = randomBytes(32);
const base = {
  issuer: "issuer",
  audience: "api",
  algorithms: ["HS256"],
  key: { secret },
  clock: manualClock(),
} as const satisfies JwtAuthOptions;

interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: Uint8Array | KeyObject;
}

const tokenOf = ({ claims = {}, header = {}, key = secret }: TokenChanges = {}) =>
  new SignJWT({ iss: "issuer", aud: "api", sub: "user-1", exp: startMs / 1000 + 60, ...claims })
    .setProtectedHeader({ alg: "HS256", ...header })
    .sign(key);
const bearer = (token: string) => withHeader("authorization", `Bearer ${token}`);
const outcome = async (options: JwtAuthOptions, token: string | Promise<string>) => {
  const context = bearer(await token);
  try {
    return await jwtAuth(options)(undefined, context);
  } catch (error) {
    return isGatewayError(error) ? error.code : error;
  }
};

describe("jwtAuth", () => {
  it("makes the caller of sub, tenant_id and roles", async () => {
    const claims = { tenant_id: "acme", roles: ["admin"] };
    const caller = { userId: "user-1", tenantId: "acme", roles: ["admin"] };
    expect(await outcome(base, tokenOf({ claims }))).toEqual(caller);
    expect(await outcome(base, tokenOf())).toEqual({ userId: "user-1", tenantId: undefined, roles: [] });
  });

  it("sees no credentials where there is no Authorization header", async () => {
    expect(await jwtAuth(base)(undefined, identifyContext())).toBeUndefined();
  });

  it.each(["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "garbage", "Bearer a b"])(
    "refuses the Authorization header %j: never an anonymous visitor",
    async (value) => {
      const attempt = jwtAuth(base)(undefined, withHeader("authorization", value));
      await expect(attempt).rejects.toMatchObject({ code: "unauthenticated" });
    },
  );

  it("takes the scheme in any letters, as HTTP does", async () => {
    const context = withHeader("authorization", `bEARER ${await tokenOf()}`);
    expect(await jwtAuth(base)(undefined, context)).toMatchObject({ userId: "user-1" });
  });

  it("takes one of several issuers and audiences", async () => {
    const options = { ...base, issuer: ["issuer", "second"], audience: ["api", "other"] };
    expect(await outcome(options, tokenOf({ claims: { iss: "second" } }))).toMatchObject({
      userId: "user-1",
    });
    expect(await outcome(options, tokenOf({ claims: { aud: ["x", "other"] } }))).toMatchObject({
      userId: "user-1",
    });
    expect(await outcome(options, tokenOf({ claims: { iss: "third" } }))).toBe("unauthenticated");
  });

  it("takes the kinds of tokens that it is told", async () => {
    for (const typ of ["JWT", "jwt", "application/jwt", "at+jwt", "application/at+jwt"]) {
      expect(await outcome(base, tokenOf({ header: { typ } })), typ).toMatchObject({ userId: "user-1" });
    }
    const own = { ...base, types: ["session+jwt"] };
    expect(await outcome(own, tokenOf({ header: { typ: "session+jwt" } }))).toMatchObject({
      userId: "user-1",
    });
    expect(await outcome(own, tokenOf({ header: { typ: "JWT" } }))).toBe("unauthenticated");
  });

  it("ignores where a token says that its key is", async () => {
    const header = {
      jku: "https://attacker.example/jwks.json",
      x5u: "https://attacker.example/c",
      kid: "../x",
    };
    expect(await outcome(base, tokenOf({ header }))).toMatchObject({ userId: "user-1" });
  });

  it("lets the application map claims, look somebody up, or refuse", async () => {
    const token = tokenOf({ claims: { "https://app.example/org": "acme" } });
    const caller: JwtAuthOptions["caller"] = async (claims) => ({
      userId: claims.sub,
      tenantId: String(claims["https://app.example/org"]),
    });
    expect(await outcome({ ...base, caller }, token)).toEqual({ userId: "user-1", tenantId: "acme" });
    expect(await outcome({ ...base, caller: () => undefined }, token)).toBe("unauthenticated");
    const unknown = (async () => null) as unknown as NonNullable<JwtAuthOptions["caller"]>;
    expect(await outcome({ ...base, caller: unknown }, token)).toBe("unauthenticated");
    const forbidden = new GatewayError("forbidden", "Your account is closed.");
    expect(await outcome({ ...base, caller: () => Promise.reject(forbidden) }, token)).toBe("forbidden");
  });

  it("reads a token from elsewhere", async () => {
    const token = await tokenOf();
    const auth = jwtAuth({ ...base, token: ({ headers }) => headers["x-session"] });
    expect(await auth(undefined, withHeader("x-session", token))).toMatchObject({ userId: "user-1" });
    expect(await auth(undefined, withHeader("authorization", "Basic x"))).toBeUndefined();
    await expect(auth(undefined, withHeader("x-session", ""))).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  it("reads a token without a request, too", async () => {
    const read = jwtCaller(base);
    expect(await read(await tokenOf())).toMatchObject({ userId: "user-1" });
    await expect(read("a.b.c")).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("takes the old and the new secret while they change", async () => {
    const next = randomBytes(32);
    const options = { ...base, key: { secret: [next, secret] } };
    for (const key of [next, secret]) {
      expect(await outcome(options, tokenOf({ key }))).toMatchObject({ userId: "user-1" });
    }
    expect(await outcome(options, tokenOf({ key: randomBytes(32) }))).toBe("unauthenticated");
  });

  it("says nothing of the token in the error, nor in its cause", async () => {
    const claims = { exp: 1, email: "ada@example.com", iss: "CANARY" };
    const error: unknown = await Promise.resolve(
      jwtAuth(base)(undefined, bearer(await tokenOf({ claims }))),
    ).catch((thrown: unknown) => thrown);
    const { message, cause, stack } = error as Error;
    const told = `${message} ${stack} ${JSON.stringify(cause)} ${String(cause)} ${(cause as Error).stack}`;
    expect(told).not.toMatch(/ada@example|CANARY|eyJ/);
  });
});

describe("jwtAuth with public keys", () => {
  const withPem = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) => ({
    publicKey: publicKey.export({ type: "spki", format: "pem" }) as string,
    privateKey,
  });
  const rsaKeys = (modulusLength = 2048) => withPem(generateKeyPairSync("rsa", { modulusLength }));
  const ecKeys = () => withPem(generateKeyPairSync("ec", { namedCurve: "P-256" }));

  it("checks with the key that fits the algorithm", async () => {
    const rsa = rsaKeys();
    const ec = ecKeys();
    const options: JwtAuthOptions = {
      ...base,
      algorithms: ["RS256", "ES256"],
      key: { publicKey: [rsa.publicKey, `\n${ec.publicKey}`] }, // as environment variables have it
    };
    const byRsa = tokenOf({ header: { alg: "RS256" }, key: rsa.privateKey });
    const byEc = tokenOf({ header: { alg: "ES256" }, key: ec.privateKey });
    expect(await outcome(options, byRsa)).toMatchObject({ userId: "user-1" });
    expect(await outcome(options, byEc)).toMatchObject({ userId: "user-1" });
    const stranger = ecKeys();
    const byStranger = tokenOf({ header: { alg: "ES256" }, key: stranger.privateKey });
    expect(await outcome(options, byStranger)).toBe("unauthenticated");
  });

  it.each([
    ["is of another kind", ecKeys()],
    ["is too short", rsaKeys(1024)],
  ])("accepts nobody, and says why to the developer, when the key %s", async (_name, { publicKey }) => {
    const rsa = rsaKeys();
    const token = tokenOf({ header: { alg: "RS256" }, key: rsa.privateKey });
    expect(await outcome({ ...base, algorithms: ["RS256"], key: { publicKey } }, token)).toBe(
      "invalid_config",
    );
  });
});

describe("F27: when the wall clock jumps", () => {
  it("tokens are judged by it, with the tolerance on both sides", async () => {
    let nowMs = startMs;
    const clock = { ...manualClock(), now: () => nowMs };
    const auth = jwtAuth({ ...base, clock });
    const token = await tokenOf({ claims: { iat: startMs / 1000, nbf: startMs / 1000 } });
    const isAccepted = async (atMs: number) => {
      nowMs = startMs + atMs;
      return Promise.resolve(auth(undefined, bearer(token))).then(
        () => true,
        () => false,
      );
    };
    const hourMs = 3_600_000;
    expect(await isAccepted(0)).toBe(true);
    expect(await isAccepted(hourMs)).toBe(false);
    expect(await isAccepted(-hourMs)).toBe(false);
    expect(await isAccepted(-30_000)).toBe(true);
    expect(await isAccepted(-31_000)).toBe(false);
    expect(await isAccepted(60_000 + 29_000)).toBe(true);
    expect(await isAccepted(60_000 + 30_000)).toBe(false);
    expect(await isAccepted(1_000)).toBe(true);
  });
});

describe("F48: jwtAuth refuses at start", () => {
  const problemsOf = (changes: object): readonly string[] => {
    try {
      jwtAuth({ ...base, ...changes } as JwtAuthOptions);
    } catch (error) {
      if (isGatewayError(error, "invalid_config")) return error.details.problems;
      throw error;
    }
    return [];
  };
  const pem = pairPem();

  it.each<[string, object, RegExp]>([
    [
      "a secret of 31 bytes",
      { key: { secret: "CANARY-123456789012345678901234" } },
      /^key\.secret.*32 bytes/,
    ],
    ["one short secret of two", { key: { secret: [secret, "CANARY"] } }, /^key\.secret\.1: .*32 bytes/],
    ["a secret of one character", { key: { secret: "a".repeat(64) } }, /random/],
    ["an empty secret", { key: { secret: "" } }, /32 bytes/],
    ["no secret", { key: { secret: undefined } }, /key\.secret/],
    ["a list of no secrets", { key: { secret: [] } }, /key\.secret/],
    ["a secret too short for HS512", { algorithms: ["HS512"] }, /^key\.secret: .*64 bytes/],
    ["a public key as secret", { key: { secret: pem } }, /PEM/],
    [
      "a private key as public key",
      { algorithms: ["RS256"], key: { publicKey: "-----BEGIN PRIVATE KEY" } },
      /PEM/,
    ],
    ["no algorithms", { algorithms: [] }, /^algorithms/],
    ["alg none", { algorithms: ["none"] }, /^algorithms/],
    ["an unknown algorithm", { algorithms: ["HS256", "CANARY"] }, /^algorithms/],
    ["both kinds of algorithms", { algorithms: ["HS256", "RS256"] }, /^algorithms: with a secret/],
    ["HS256 with a public key", { key: { publicKey: pem } }, /^algorithms: with public keys/],
    ["no issuer", { issuer: undefined }, /^issuer/],
    ["an empty issuer", { issuer: "" }, /^issuer/],
    ["no audience", { audience: undefined }, /^audience/],
    ["an empty list of audiences", { audience: [] }, /^audience/],
    ["no key", { key: undefined }, /^key: give exactly one/],
    ["two kinds of keys", { key: { secret, jwksUrl: "https://a.example" } }, /^key: give exactly one/],
    [
      "keys over http",
      { algorithms: ["RS256"], key: { jwksUrl: "http://CANARY.example/" } },
      /^key\.jwksUrl.*https/,
    ],
    ["keys from a file", { algorithms: ["RS256"], key: { jwksUrl: "file:///CANARY" } }, /^key\.jwksUrl/],
    [
      "a lifetime shorter than the refresh",
      { algorithms: ["RS256"], key: { jwksUrl: "https://a.example", refreshMs: 10, ttlMs: 9 } },
      /^key\.ttlMs/,
    ],
    ["a tolerance of an hour", { clockToleranceS: 3600 }, /^clockToleranceS/],
    ["a tolerance that is no number", { clockToleranceS: Number.NaN }, /^clockToleranceS/],
    ["a token in place of a function", { token: "CANARY" }, /^token: must be a function/],
    ["an unknown option", { audiences: ["CANARY"] }, /^audiences: there is no such option/],
    ["an unknown option of the key", { key: { secret, alg: "CANARY" } }, /key\.alg: there is no such option/],
  ])("%s, naming the option and never its value", (_name, changes, expected) => {
    const problems = problemsOf(changes);
    expect(problems).toEqual([expect.stringMatching(expected)]);
    expect(problems.join()).not.toContain("CANARY");
  });

  it("no options at all", () => {
    expect(() => jwtAuth(undefined as unknown as JwtAuthOptions)).toThrow(/options: must be an object/);
    expect(() => jwtAuth({} as JwtAuthOptions)).toThrow(
      "jwtAuth:\n- issuer: must be a text, or a list of some\n- audience: must be a text, or a list of some\n" +
        "- algorithms: must be a list\n- key: give exactly one of `secret`, `publicKey` and `jwksUrl`",
    );
  });

  function pairPem(): string {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    return publicKey.export({ type: "spki", format: "pem" }) as string;
  }
});
