import { createHmac, generateKeyPairSync, randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isGatewayError } from "../../../errors/gateway-error.js";
import { manualClock } from "../../../testing/manual-clock.js";
import { withHeader } from "../identify-context.test-support.js";
import { jwtAuth } from "./jwt-auth.js";

// Tokens are put together by hand: a library that signs refuses to make most of these.
const encode = (part: unknown) =>
  Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
const secret = randomBytes(64);
const clock = manualClock();
const nowS = clock.now() / 1000;
const claims = {
  iss: "issuer",
  aud: "api",
  sub: "user-1",
  tenant_id: "acme",
  roles: ["admin"],
  iat: nowS,
  exp: nowS + 60,
};
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const publicPem = rsa.publicKey.export({ type: "spki", format: "pem" }) as string;

type Header = Readonly<Record<string, unknown>>;
interface Forgery {
  readonly header?: Header;
  readonly payload?: unknown;
  readonly key?: string | Uint8Array;
  readonly hash?: string;
}

/** An HS256 token with whatever is in it. */
function forge({ header = {}, payload = claims, key = secret, hash = "sha256" }: Forgery = {}): string {
  const signed = `${encode({ alg: "HS256", ...header })}.${encode(payload)}`;
  return `${signed}.${createHmac(hash, key).update(signed).digest("base64url")}`;
}

const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
const valid = forge();
const [head = "", body = "", signature = ""] = valid.split(".");
const flipped = `${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}`;

const identify = jwtAuth({
  issuer: "issuer",
  audience: "api",
  algorithms: ["HS256"],
  key: { secret },
  clock,
});
const bearer = (token: string) => withHeader("authorization", `Bearer ${token}`);

/** By name, what goes after "Bearer ". */
const forged: Readonly<Record<string, string>> = {
  "alg none, without a signature": `${encode({ alg: "none" })}.${body}.`,
  "alg none, with the right signature": `${encode({ alg: "none" })}.${body}.${signature}`,
  "alg NONE in capitals": forge({ header: { alg: "NONE" } }),
  "alg nOnE": forge({ header: { alg: "nOnE" }, key: "" }),
  "alg none in a list": forge({ header: { alg: ["none", "HS256"] } }),
  "no alg": forge({ header: { alg: undefined } }),
  "alg null": forge({ header: { alg: null } }),
  "alg empty": forge({ header: { alg: "" } }),
  "alg of a prototype": forge({ header: { alg: "__proto__" } }),
  "alg hs256 in small letters": forge({ header: { alg: "hs256" } }),
  "alg HS384, which is not allowed here": forge({ header: { alg: "HS384" }, hash: "sha384" }),
  "alg HS512, which is not allowed here": forge({ header: { alg: "HS512" }, hash: "sha512" }),
  "alg RS256 over an HMAC": forge({ header: { alg: "RS256" } }),
  "an empty secret": forge({ key: "" }),
  "a guessed secret": forge({ key: "secret" }),
  "the issuer's name as secret": forge({ key: "issuer" }),
  "a public key as secret": forge({ key: publicPem }),
  "a kid that leaves the folder": forge({ header: { kid: "../../x" }, key: "" }),
  "a kid that names an empty file": forge({ header: { kid: "/dev/null" }, key: "" }),
  "a kid with SQL": forge({ header: { kid: "x' UNION SELECT 'key' --" }, key: "key" }),
  "a kid that is an object": forge({ header: { kid: { toString: "x" } }, key: "x" }),
  "jku to the attacker": forge({ header: { jku: "https://attacker.example/jwks.json" }, key: "attacker" }),
  "x5u to the attacker": forge({ header: { x5u: "https://attacker.example/cert.pem" }, key: "attacker" }),
  "the attacker's own key in jwk": forge({
    header: { jwk: { kty: "oct", k: encode("attacker") } },
    key: "attacker",
  }),
  "the attacker's own certificate in x5c": forge({ header: { x5c: [encode("attacker")] }, key: "attacker" }),
  "crit with an unknown extension": forge({ header: { crit: ["exploit"], exploit: true } }),
  "crit that is empty": forge({ header: { crit: [] } }),
  "an unencoded payload (b64 false)": forge({ header: { b64: false, crit: ["b64"] } }),
  "a typ of another kind of token": forge({ header: { typ: "logout+jwt" } }),
  "a typ that is no text": forge({ header: { typ: ["JWT"] } }),
  "no exp": forge({ payload: without("exp") }),
  "exp as a text": forge({ payload: { ...claims, exp: String(nowS + 60) } }),
  "exp as null": forge({ payload: { ...claims, exp: null } }),
  "exp as a list": forge({ payload: { ...claims, exp: [nowS + 60] } }),
  "exp in the past": forge({ payload: { ...claims, exp: nowS - 31 } }),
  "exp of minus one": forge({ payload: { ...claims, exp: -1 } }),
  "exp of 1e400": forge({ payload: JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e400') }),
  "exp after another exp": forge({ payload: JSON.stringify(claims).replace(/}$/, ',"exp":1}') }),
  "nbf in the future": forge({ payload: { ...claims, nbf: nowS + 31 } }),
  "nbf as a text": forge({ payload: { ...claims, nbf: String(nowS) } }),
  "iat in the future": forge({ payload: { ...claims, iat: nowS + 31 } }),
  "iat as a text": forge({ payload: { ...claims, iat: String(nowS) } }),
  "no aud": forge({ payload: without("aud") }),
  "the wrong aud": forge({ payload: { ...claims, aud: "another-api" } }),
  "aud in other letters": forge({ payload: { ...claims, aud: "API" } }),
  "aud that only begins right": forge({ payload: { ...claims, aud: "api.attacker.example" } }),
  "a list of wrong auds": forge({ payload: { ...claims, aud: ["a", "b"] } }),
  "aud as an object": forge({ payload: { ...claims, aud: { 0: "api" } } }),
  "no iss": forge({ payload: without("iss") }),
  "the wrong iss": forge({ payload: { ...claims, iss: "issuer.attacker.example" } }),
  "iss in a list": forge({ payload: { ...claims, iss: ["issuer"] } }),
  "no sub": forge({ payload: without("sub") }),
  "an empty sub": forge({ payload: { ...claims, sub: "" } }),
  "sub as a number": forge({ payload: { ...claims, sub: 1 } }),
  "tenant_id as a list": forge({ payload: { ...claims, tenant_id: ["acme"] } }),
  "roles as a text": forge({ payload: { ...claims, roles: "admin" } }),
  "roles with an object": forge({ payload: { ...claims, roles: [{ admin: true }] } }),
  "a token in a token": forge({ header: { cty: "JWT" }, payload: valid }),
  "a token in a token, as JSON": forge({ header: { cty: "JWT" }, payload: JSON.stringify(valid) }),
  "a list as payload": forge({ payload: [claims] }),
  "null as payload": forge({ payload: null }),
  "a payload that is no JSON": forge({ payload: "{" }),
  "another payload under the signature": `${head}.${encode({ ...claims, sub: "root" })}.${signature}`,
  "another header over the signature": `${encode({ alg: "HS256", kid: "1" })}.${body}.${signature}`,
  "a signature with one letter changed": `${head}.${body}.${flipped}`,
  "half a signature": `${head}.${body}.${signature.slice(0, 20)}`,
  "a signature that is too long": `${valid}AAAA`,
  "a signature in hexadecimal": `${head}.${body}.${Buffer.from(signature, "base64url").toString("hex")}`,
  "no signature": `${head}.${body}.`,
  "a signature of a space": `${head}.${body}. `,
  "no payload": `${head}..${signature}`,
  "two parts": `${head}.${body}`,
  "four parts": `${valid}.${signature}`,
  "five parts, as encrypted tokens have": `${head}.${body}.${signature}.${body}.${signature}`,
  "base64 with padding": `${head}=.${body}=.${signature}=`,
  "base64 in place of base64url": `${head}.${body}.+/${signature.slice(2)}`,
  "a header that is no JSON": `${encode("not json")}.${body}.${signature}`,
  "a header that is null": `${encode("null")}.${body}.${signature}`,
  "a header that is a list": `${encode(["HS256"])}.${body}.${signature}`,
  "dots only": "..",
  nothing: "",
  "a NUL": `${valid}\0`,
  "a newline": `${valid}\n`,
  "two tokens": `${valid}, ${valid}`,
  "JSON form in place of compact form": JSON.stringify({ protected: head, payload: body, signature }),
};

const fetched = vi.fn();
beforeEach(() => void vi.stubGlobal("fetch", fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

it("F23: there are at least 40 ways to forge a token here, and the honest one is accepted", async () => {
  expect(Object.keys(forged).length).toBeGreaterThanOrEqual(40);
  expect(await identify(undefined, bearer(valid))).toEqual({
    userId: "user-1",
    tenantId: "acme",
    roles: ["admin"],
  });
});

describe.each([undefined, "production"])("F23, with NODE_ENV %s: a token", (mode) => {
  it.each(Object.entries(forged))("with %s is refused like every other", async (_name, token) => {
    vi.stubEnv("NODE_ENV", mode);
    const error: unknown = await Promise.resolve(identify(undefined, bearer(token))).catch(
      (thrown) => thrown,
    );
    expect(isGatewayError(error, "unauthenticated")).toBe(true);
    expect((error as Error).message).toBe("Your credentials are not valid. Please sign in again.");
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe("F23: a token of 2 MB", () => {
  const payload = encode({ ...claims, padding: "x".repeat(2_000_000) });
  const large: Readonly<Record<string, string>> = {
    "in its payload": `${head}.${payload}.${signature}`,
    "in its header": `${encode({ alg: "HS256", kid: "x".repeat(2_000_000) })}.${body}.${signature}`,
    "in its signature": `${head}.${body}.${"A".repeat(2_000_000)}`,
    "of dots": ".".repeat(2_000_000),
    "of spaces": " ".repeat(2_000_000),
  };

  it.each(Object.entries(large))("%s is refused within 5 ms", async (_name, token) => {
    const context = bearer(token);
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const start = process.cpuUsage();
      await expect(identify(undefined, context)).rejects.toMatchObject({ code: "unauthenticated" });
      times.push(process.cpuUsage(start).user / 1000);
    }
    expect(Math.min(...times)).toBeLessThanOrEqual(5);
  });
});

describe("F23: where a public key is expected", () => {
  const options = { issuer: "issuer", audience: "api", clock } as const;
  const byPublicKey = jwtAuth({ ...options, algorithms: ["RS256"], key: { publicKey: publicPem } });
  const jwk = rsa.publicKey.export({ format: "jwk" });
  const published = {
    keys: [
      { ...jwk, kid: "k1", use: "sig" },
      { kty: "oct", k: encode(secret), kid: "shared" },
    ],
  };
  const remote = jwtAuth({
    ...options,
    algorithms: ["RS256"],
    key: {
      jwksUrl: "https://issuer.example/jwks.json",
      fetch: async () => Response.json(published),
    },
  });
  const confused = {
    "HS256 with the PEM text of the key": forge({ key: publicPem }),
    "HS256 with the PEM text, trimmed": forge({ key: publicPem.trim() }),
    "HS256 with the key's DER bytes": forge({ key: rsa.publicKey.export({ type: "spki", format: "der" }) }),
    "HS256 with the key's JWK": forge({ key: JSON.stringify(jwk), header: { kid: "k1" } }),
    "RS256 with an HMAC in it": forge({ key: publicPem, header: { alg: "RS256", kid: "k1" } }),
    "HS256 with a secret that the issuer publishes by mistake": forge({ header: { kid: "shared" } }),
    "alg none": `${encode({ alg: "none", kid: "k1" })}.${body}.`,
  };

  it.each(Object.entries(confused))("%s is refused, from PEM and from a key set", async (_name, token) => {
    for (const auth of [byPublicKey, remote]) {
      await expect(auth(undefined, bearer(token))).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });
});
