import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SignJWT } from "jose";
import { describe, expect, it, onTestFinished } from "vitest";
import { isGatewayError } from "../../../errors/gateway-error.js";
import { type ManualClock, manualClock } from "../../../testing/manual-clock.js";
import { withHeader } from "../identify-context.test-support.js";
import { type JwtRemoteKeys, jwtAuth, jwtCaller } from "./jwt-auth.js";

const minuteMs = 60_000;

/** A key pair with a name, as an issuer has several. */
function issuerKey(kid: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, alg: "ES256", use: "sig" };
  const token = (clock: ManualClock, header: object = { kid }) =>
    new SignJWT({ iss: "issuer", aud: "api", sub: "user-1", exp: clock.now() / 1000 + 86_400 })
      .setProtectedHeader({ alg: "ES256", ...header })
      .sign(privateKey);
  return { jwk, token };
}

type Endpoint = (signal: AbortSignal | null | undefined) => Promise<Response> | Response;

/** An issuer whose endpoint does what the test says, and counts. */
function setUp(options: Partial<JwtRemoteKeys> = {}) {
  const clock = manualClock();
  const [old, next] = [issuerKey("old"), issuerKey("next")];
  const state: { fetches: number; endpoint: Endpoint } = { fetches: 0, endpoint: () => publish(old.jwk) };
  const auth = jwtAuth({
    issuer: "issuer",
    audience: "api",
    algorithms: ["ES256"],
    clock,
    key: {
      jwksUrl: "https://issuer.example/jwks.json",
      async fetch(_url, { signal }) {
        state.fetches++;
        return state.endpoint(signal);
      },
      ...options,
    },
  });
  const ask = async (key: { token(clock: ManualClock): Promise<string> } = old) => {
    const context = withHeader("authorization", `Bearer ${await key.token(clock)}`);
    try {
      return (await auth(undefined, context))?.userId;
    } catch (error) {
      return isGatewayError(error) ? error.code : error;
    }
  };
  return { clock, old, next, state, ask };
}

const publish = (...keys: object[]) => Response.json({ keys });
const down: Endpoint = () => Promise.reject(new TypeError("fetch failed"));
const hanging: Endpoint = () => new Promise(() => {});
const broken: Readonly<Record<string, Endpoint>> = {
  "is down": down,
  "answers 500": () => new Response("oops", { status: 500 }),
  "answers 500 with an empty key set": () => Response.json({ keys: [] }, { status: 500 }),
  "answers 302": () => new Response(null, { status: 302, headers: { location: "https://attacker.example" } }),
  "answers HTML": () =>
    new Response("<html>Sign in to the Wi-Fi</html>", { headers: { "content-type": "text/html" } }),
  "answers cut JSON": () => new Response('{"keys":[{'),
  "answers no key set": () => Response.json({ keys: "none" }),
  "answers null": () => Response.json(null),
};

describe("keys of an issuer", () => {
  it("are fetched once for many requests at once, and kept", async () => {
    const { state, ask, clock } = setUp();
    expect(await Promise.all(Array.from({ length: 50 }, () => ask()))).toEqual(Array(50).fill("user-1"));
    await clock.advance(9 * minuteMs);
    expect(await ask()).toBe("user-1");
    expect(state.fetches).toBe(1);
  });

  it("keep no connection of a reply that is not read", async () => {
    const { state, ask } = setUp();
    let given: AbortSignal | null | undefined;
    state.endpoint = (signal) => {
      given = signal;
      return new Response(new ReadableStream(), { status: 500 });
    };
    expect(await ask()).toBe("store_unavailable");
    expect(given?.aborted).toBe(true);
  });

  it("are found without a kid where one of them fits, not where several do", async () => {
    const { state, ask, clock, old, next } = setUp();
    const nameless = { token: () => old.token(clock, {}) };
    expect(await ask(nameless)).toBe("user-1");
    state.endpoint = () => publish(old.jwk, next.jwk);
    await clock.advance(10_000);
    await ask(next);
    expect(await ask(nameless)).toBe("unauthenticated");
    expect(await ask(old)).toBe("user-1");
  });

  it("are fetched anew after a while, without a request waiting for it", async () => {
    const { state, ask, clock, next } = setUp();
    await ask();
    await clock.advance(11 * minuteMs);
    let answer = (_response: Response) => {};
    state.endpoint = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    expect(await ask()).toBe("user-1");
    answer(publish(next.jwk));
    await clock.advance(0);
    expect(await ask(next)).toBe("user-1");
    expect(await ask()).toBe("unauthenticated"); // the issuer took it back
    expect(state.fetches).toBe(2);
  });
});

describe("F24: a key endpoint over real HTTP", () => {
  const [own, attacker] = [issuerKey("own"), issuerKey("attacker")];
  const clock = manualClock();

  /** Serves keys at /keys, the attacker's at /attacker, and a redirect from one to the other. */
  async function open() {
    const asked: string[] = [];
    const server = createServer(({ url = "" }, response) => {
      asked.push(url);
      if (url === "/moved") response.writeHead(302, { location: "/attacker" }).end();
      else response.end(JSON.stringify({ keys: [url === "/keys" ? own.jwk : attacker.jwk] }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const options = { issuer: "issuer", audience: "api", algorithms: ["ES256"], clock } as const;
    const read = (path: string) =>
      jwtCaller({ ...options, key: { jwksUrl: `http://127.0.0.1:${port}${path}` } });
    return { asked, read };
  }

  it("gives its keys", async () => {
    const { asked, read } = await open();
    expect(await read("/keys")(await own.token(clock))).toMatchObject({ userId: "user-1" });
    expect(asked).toEqual(["/keys"]);
  });

  it("that redirects is not followed", async () => {
    const { asked, read } = await open();
    const attempt = read("/moved")(await attacker.token(clock));
    await expect(attempt).rejects.toMatchObject({ code: "store_unavailable" });
    expect(asked).toEqual(["/moved"]);
  });
});

describe("F24: a key endpoint", () => {
  it.each(Object.entries(broken))(
    "that %s leaves kept keys valid until their time is over",
    async (_name, endpoint) => {
      const { state, ask, clock, old } = setUp();
      await ask();
      state.endpoint = endpoint;
      await clock.advance(59 * minuteMs);
      expect(await ask()).toBe("user-1");
      await clock.advance(2 * minuteMs);
      expect(await ask()).toBe("store_unavailable");
      state.endpoint = () => publish(old.jwk);
      await clock.advance(10_000);
      expect(await ask()).toBe("user-1");
    },
  );

  it("that is down from the start lets nobody in, and is asked once per cooldown", async () => {
    const { state, ask, clock } = setUp();
    state.endpoint = down;
    for (let request = 0; request < 20; request++) expect(await ask()).toBe("store_unavailable");
    expect(state.fetches).toBe(1);
    await clock.advance(10_000);
    for (let request = 0; request < 20; request++) await ask();
    expect(state.fetches).toBe(2);
  });

  it("that is down can also mean 401", async () => {
    const { state, ask } = setUp({ onUnavailable: "unauthenticated" });
    state.endpoint = down;
    expect(await ask()).toBe("unauthenticated");
  });

  it("that comes back is heard after the cooldown", async () => {
    const { state, ask, clock, old } = setUp();
    state.endpoint = down;
    expect(await ask()).toBe("store_unavailable");
    state.endpoint = () => publish(old.jwk);
    expect(await ask()).toBe("store_unavailable");
    await clock.advance(10_000);
    expect(await ask()).toBe("user-1");
  });

  it("that hangs is given up after the timeout, and told so", async () => {
    const { state, ask, clock } = setUp();
    let signal: AbortSignal | null | undefined;
    state.endpoint = (given) => {
      signal = given;
      return hanging(given);
    };
    const waiting = ask();
    await expect.poll(() => state.fetches).toBe(1);
    await clock.advance(4_999);
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(await waiting).toBe("store_unavailable");
    expect(signal?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("that hangs during a refresh slows nobody down", async () => {
    const { state, ask, clock } = setUp();
    await ask();
    state.endpoint = hanging;
    await clock.advance(11 * minuteMs);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(["user-1", "user-1", "user-1"]);
    expect(state.fetches).toBe(2);
  });

  it("that rotates mid-flight is asked once for 100 requests with the new key, and they all pass", async () => {
    const { state, ask, clock, old, next } = setUp();
    await ask();
    state.endpoint = () => publish(old.jwk, next.jwk);
    await clock.advance(10_000);
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(next)));
    expect(answers).toEqual(Array(100).fill("user-1"));
    expect(await ask(old)).toBe("user-1");
    expect(state.fetches).toBe(2);
  });

  it("is not asked more often because tokens name keys that do not exist", async () => {
    const { state, ask, clock } = setUp();
    await ask();
    const stranger = issuerKey("made-up");
    for (let round = 0; round < 3; round++) {
      await clock.advance(10_000);
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask(stranger)));
      expect(answers).toEqual(Array(50).fill("unauthenticated"));
      expect(await ask(stranger)).toBe("unauthenticated");
    }
    expect(state.fetches).toBe(4);
  });

  it("F27: that a wall clock jumps makes keys neither younger nor older", async () => {
    const { state, ask, clock } = setUp();
    const wall = clock.now;
    await ask();
    for (const jumpMs of [3_600_000, -3_600_000]) {
      Object.assign(clock, { now: () => wall() + jumpMs });
      expect(await ask()).toBe("user-1");
    }
    expect(state.fetches).toBe(1);
  });
});
