import fc from "fast-check";

/** In what the client sends: may come back in a reply that succeeded, but in no refusal and no line of a log. */
export const bodyCanary = "CANARY-body-7c1f";

/** A request that is wrong in some way, or in none. */
export interface FuzzRequest {
  readonly mount: "own" | "parsed" | "fetch";
  readonly method: string;
  /** Below the mount path. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One value mostly, sometimes another. */
const usual = <Value>(value: Value, weight: number, others: fc.Arbitrary<Value>) =>
  fc.oneof({ arbitrary: fc.constant(value), weight }, { arbitrary: others, weight: 1 });

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const text = fc.oneof(
  fc.constant(`Hello ${bodyCanary}`),
  fc.string({ unit: "grapheme", maxLength: 80 }).map((each) => `${each} ${bodyCanary}`),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "1.1.1.".repeat(200),
    "a@a@".repeat(200),
    "[EMAIL_k3f9_0001]",
    "\u202e\u0000\ud800",
    "4111 1111 1111 1111",
  ),
);
const context = fc.record({ page: text, user_role: text }, { requiredKeys: [] });

/** What fits each task. */
const valid: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  chat: fc.oneof(
    fc.record({ message: text, context }),
    fc.record({
      message: text,
      messages: fc.array(fc.record({ role: fc.constantFrom("user", "assistant"), content: text }), {
        maxLength: 4,
      }),
    }),
    fc.record({
      id: text,
      messages: fc.constant([{ role: "user", parts: [{ type: "text", text: bodyCanary }] }]),
    }),
  ),
  workflow: fc.record({ description: text, context: fc.constant({ tools: ["slack"] }) }),
  debug: fc.record({
    error_type: text,
    message: text,
    context: fc.record({ http_status: fc.integer(), service: text }),
  }),
  onboarding: fc.record({
    stage: fc.constantFrom("first_login", "nowhere"),
    context: fc.constant({ has_connected_tool: true, has_run_workflow: false }),
  }),
  "search/intelligent": fc.record({ query: text }),
};

const wrongValue: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>("x".repeat(20_000), -0, 1e308, 2 ** 53 + 1, "", "constructor", Array(12_000).fill(0)),
  fc.integer({ min: 1, max: 90 }).map((depth) => nested(depth)),
);
const nested = (depth: number): Json => (depth === 0 ? bodyCanary : [nested(depth - 1)]);

/** The body as text, with fields taken out, put in and exchanged. */
const mutatedJson = (body: fc.Arbitrary<Json>) =>
  fc
    .tuple(
      body,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom("drop", "set", "add", "twice"), wrongValue), {
        maxLength: 2,
      }),
    )
    .map(([whole, changes]) => {
      let fields = Object.entries(whole ?? {});
      for (const [at, change, value] of changes) {
        const [key = "message"] = fields[at % Math.max(1, fields.length)] ?? [];
        if (change === "drop") fields = fields.filter(([each]) => each !== key);
        if (change === "set") fields = fields.map(([each, old]) => [each, each === key ? value : old]);
        if (change === "add") fields.push([unsafeKeys[at % unsafeKeys.length] ?? "", value]);
        if (change === "twice") fields.push([key, value]);
      }
      return `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;
    });
const unsafeKeys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "model",
  "max_tokens",
  bodyCanary,
  "k".repeat(2000),
];

/** Bytes changed, taken out, put in, or broken off. */
const mutatedBytes = (body: fc.Arbitrary<string>) =>
  fc
    .tuple(
      body,
      usual<[number, number, number][]>(
        [],
        3,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 3 }), fc.nat({ max: 255 })), { maxLength: 4 }),
      ),
    )
    .map(([whole, changes]) => {
      const valid = new TextEncoder().encode(whole);
      if (changes.length === 0) return valid;
      let bytes = [...valid];
      for (const [place, change, byte] of changes) {
        const at = place % Math.max(1, bytes.length);
        if (change === 0) bytes[at] = byte;
        if (change === 1) bytes.splice(at, 1);
        if (change === 2) bytes.splice(at, 0, byte);
        if (change === 3) bytes = bytes.slice(0, at);
      }
      return Uint8Array.from(bytes);
    });

const oddHeaders: Readonly<Record<string, readonly string[]>> = {
  "content-type": [
    ...["", "text/plain", "multipart/form-data", "application/json; charset=utf-16"],
    ...["application/json;charset=latin1", bodyCanary],
  ],
  "content-encoding": ["gzip", "br", "deflate", "gzip, gzip", "identity", bodyCanary],
  accept: ["text/event-stream", "text/event-stream", "text/event-stream;q=0", ",,,;;="],
  "x-request-id": [
    "request-0001",
    "a",
    `${bodyCanary}{}`,
    "../../etc",
    "%0d%0aset-cookie: a=b",
    "x".repeat(4000),
  ],
  "x-ai-conversation": ["c1", "x".repeat(500), "__proto__"],
  "x-ai-on-break": ["restart", bodyCanary],
  "last-event-id": ["0", "-1", "1e9", "9".repeat(40), bodyCanary],
  "x-http-method-override": ["DELETE", "POST", bodyCanary],
  "x-forwarded-for": ["1.2.3.4", "fe80::1%eth0", bodyCanary, "1.1.1.1,".repeat(400)],
  "x-user": ["poor", "poor", "poor", "__proto__", "constructor"],
};
const headers = fc
  .array(
    fc
      .constantFrom(...Object.keys(oddHeaders))
      .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(oddHeaders[name] ?? [])))),
    { maxLength: 2 },
  )
  .map((given): Record<string, string> => Object.fromEntries(given));

const names = Object.keys(valid);
const oddPaths = [
  "",
  "/",
  "/chat/",
  "//chat",
  "/chat/..",
  "/chat/%ff",
  "/chat/a/stream",
  "/chat/%2e%2e/stream",
  "/chat/%/stream",
  "/__proto__",
  "/constructor",
  "/chat?__proto__[x]=1",
  "/chat/x/stream/y",
  "/chat;a=b",
  "/openapi.json",
  `/${bodyCanary}`,
];
/** Valid requests, mutated in path, method, headers, fields and bytes. */
export const fuzzRequests: fc.Arbitrary<FuzzRequest> = fc.constantFrom(...names).chain((name) =>
  fc.record({
    mount: fc.constantFrom<FuzzRequest["mount"]>("own", "parsed", "fetch"),
    method: usual("POST", 9, fc.constantFrom("GET", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD", "PROPFIND")),
    path: usual(`/${name}`, 9, fc.constantFrom(...oddPaths)),
    headers: fc
      .tuple(headers, fc.nat({ max: 9_999 }))
      .map(([given, user]) => ({ "content-type": "application/json", "x-user": `u${user}`, ...given })),
    body: mutatedBytes(mutatedJson(valid[name] ?? fc.constant({}))),
  }),
);
