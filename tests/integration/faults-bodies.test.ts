import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { observedGateway } from "../support/edge/observed-gateway.js";
import { chatHead, chunkOf, sendRaw } from "../support/edge/raw-http.js";
import { type EdgeOptions, edgeHosts, serveEdge } from "../support/edge/serve-edge.js";

const canary = "CANARY-7c1f";
const json = { "content-type": "application/json" };
const before: EdgeOptions["before"] = (express) => [express.json({ limit: "1mb" })];

/** Every way a body reaches the gateway: read by itself, or parsed by the application before. */
const mounts = edgeHosts.flatMap((host) => [
  { name: host, host, options: {} },
  ...(host === "Hono" ? [] : [{ name: `${host} behind express.json()`, host, options: { before } }]),
]);

describe.each(mounts)("$name", ({ host, options }) => {
  async function start(more: Partial<EdgeOptions> = {}) {
    const observed = observedGateway();
    const { base, port } = await serveEdge(host, { gateway: observed.gateway, ...options, ...more });
    const send = async (
      body: string | Uint8Array<ArrayBuffer> | undefined,
      headers: Record<string, string> = json,
    ) => {
      const response = await fetch(`${base}/chat`, { method: "POST", headers, body: body ?? null });
      const text = await response.text();
      return { status: response.status, text, body: JSON.parse(text) };
    };
    return { ...observed, base, port, send };
  }
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  it.each([undefined, "production"])("F1: malformed JSON is quoted nowhere, NODE_ENV %s", async (mode) => {
    vi.stubEnv("NODE_ENV", mode);
    onTestFinished(() => void vi.unstubAllEnvs());
    const printed = [vi.spyOn(console, "error"), vi.spyOn(console, "log"), vi.spyOn(process.stderr, "write")];
    onTestFinished(() => void vi.restoreAllMocks());
    const { send, written } = await start();
    for (const body of [`{"message":"${canary}`, `{"${canary}":1,}`, canary, `{"message":"ok"}${canary}`]) {
      const refused = await send(body);
      expect(codeOf(refused)).toEqual([400, "invalid_json"]);
      expect(refused.text).not.toContain("CANARY");
    }
    expect(written()).not.toContain("CANARY");
    expect(JSON.stringify(printed.map(({ mock }) => mock.calls))).not.toContain("CANARY");
    expect((await send('{"message":"Hi"}')).status).toBe(200);
  });

  it.each([undefined, "", "[]"])("F2: %j is no request", async (body) => {
    const { send, prompts } = await start();
    expect(codeOf(await send(body))).toEqual([400, "invalid_request"]);
    expect(prompts).toEqual([]);
  });

  // express.json() itself refuses them, as JSON that it does not take.
  it.each([" \n", "null", '"text"', "1", "true"])("F2: %j is no request", async (body) => {
    const { send, prompts } = await start();
    const { status, body: refused } = await send(body);
    expect(status).toBe(400);
    expect(refused.code).toBe("before" in options ? "invalid_json" : "invalid_request");
    expect(prompts).toEqual([]);
  });

  it.each([
    "text/plain",
    "application/json; charset=utf-7",
    "application/json; charset=utf-16",
    "application/json; charset=utf-16le",
    "application/jsonp",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
  ])("F3: a body of the type %s is not read", async (type) => {
    const { send, prompts } = await start();
    const body = Buffer.from('{"message":"Hi"}', type.includes("utf-16") ? "utf16le" : "utf8");
    expect(codeOf(await send(body, { "content-type": type }))).toEqual([415, "unsupported_media_type"]);
    expect(prompts).toEqual([]);
  });

  it("F3: a body without a type is not read", async () => {
    const { port } = await start();
    const { status, text } = await sendRaw(port, [chatHead("Content-Length: 16"), '{"message":"Hi"}']);
    expect(status).toBe(415);
    expect(text).toContain('"code":"unsupported_media_type"');
  });

  it.each([
    ["announced", "Content-Length: 10485760", (text: string) => text],
    ["in chunks", "Transfer-Encoding: chunked", chunkOf],
  ])("F4: 10 MB (%s) are refused and the connection is closed", async (_name, length, encode) => {
    const { port, base, prompts } = await start();
    const parts = Array.from({ length: 160 }, () => encode("x".repeat(65_536)));
    const head = chatHead("Content-Type: application/json", length).replace("Connection: close\r\n", "");
    const { status, text } = await sendRaw(port, [
      head,
      ...parts,
      ...(encode === chunkOf ? ["0\r\n\r\n"] : []),
    ]);
    expect(status).toBe(413);
    expect(text).toContain('"code":"payload_too_large"');
    expect(text).toMatch(/\r\nconnection: close\r\n/i);
    expect(prompts).toEqual([]);
    expect((await fetch(base.replace("/api/ai", "/health"))).status).toBe(200);
  });

  const bomb = gzipSync(`{"message":"${" ".repeat(20_000_000)}"}`);
  const question = gzipSync('{"message":"Hi"}');
  it.each([
    ["a gzip bomb", bomb, "gzip"],
    ["gzip in gzip", gzipSync(question), "gzip, gzip"],
    ["an unknown encoding", question, "zstd2"],
    ["truncated gzip", question.subarray(0, 20), "gzip"],
    ["text that is no gzip", Buffer.from(`{"message":"${canary}"}`), "gzip"],
    ["truncated deflate", deflateSync('{"message":"Hi"}').subarray(0, 9), "deflate"],
    ["text that is no Brotli", Buffer.from(`{"message":"${canary}"}`), "br"],
  ])("F5: %s is refused", async (_name, body, encoding) => {
    const { send, prompts, written } = await start();
    const refused = await send(body, { ...json, "content-encoding": encoding });
    expect([400, 413, 415]).toContain(refused.status);
    expect(["invalid_request", "payload_too_large", "unsupported_media_type"]).toContain(refused.body.code);
    expect(refused.text + written()).not.toMatch(/CANARY|zlib|Z_|incorrect header/);
    expect(prompts).toEqual([]);
  });

  it.each([
    ["100,000 levels", `{"message":"Hi","a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["100,000 open objects", '{"a":'.repeat(100_000)],
    ["100,000 keys", `{${Array.from({ length: 100_000 }, (_, key) => `"${key}":1`).join(",")}}`],
    ["a key of 1 MB", `{"${"k".repeat(1_000_000)}":1}`],
  ])("F6: %s are too complex", async (_name, body) => {
    const { send, prompts } = await start();
    const { status, body: refused } = await send(body);
    expect(status).toBe(400);
    // express.json() refuses what is left open before the gateway sees it.
    expect(["too_complex", "invalid_json"]).toContain(refused.code);
    if (!("before" in options)) expect(refused.code).toBe("too_complex");
    expect(prompts).toEqual([]);
  });

  it("F7: keys that reach a prototype are dropped, in the body and the query", async () => {
    const { base, prompts } = await start();
    const body =
      '{"message":"Hi","__proto__":{"polluted":1},"context":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"page":"x"}}';
    const query = "?__proto__[polluted]=1&constructor[prototype][polluted]=1";
    const response = await fetch(`${base}/chat${query}`, { method: "POST", headers: json, body });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain("polluted");
    expect(prompts.join()).not.toContain("polluted");
    expect("polluted" in {}).toBe(false);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("F8: of two equal keys the last is checked and used", async () => {
    const { send, prompts } = await start();
    expect((await send('{"message":"first","message":"second"}')).body.reply).toBe("second");
    expect(prompts.join()).not.toContain("first");
    expect((await send('{"message":"good","message":7}')).body.code).toBe("invalid_input");
  });

  it("F9: broken text is mended once; what follows it is masked and restored in its place", async () => {
    const { send, prompts } = await start();
    const email = Buffer.from("ada@example.com");
    const invalid = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('{"message":"a'),
      Buffer.from([0xff, 0x62, 0xc0, 0xaf, 0x20]),
      email,
      Buffer.from(' c"}'),
    ]);
    const { status, body } = await send(invalid);
    expect([status, body.reply]).toEqual([200, "a\uFFFDb\uFFFD\uFFFD ada@example.com c"]);
    const lone = await send('{"message":"x\\ud800y ada@example.com z\\udc00\\u0000!"}');
    expect(lone.status).toBe(200);
    expect(lone.body.reply).toMatch(/^x.?y ada@example\.com z.?!$/u);
    expect(lone.body.reply).not.toContain("\0");
    expect(prompts.join()).not.toContain("ada@");
  });

  it.each([
    ["chat", '{"message":1e400}'],
    ["chat", '{"message":-0}'],
    ["chat", '{"message":"Hi","messages":"NaN"}'],
    ["debug", '{"error_type":"x","message":"y","context":{"http_status":1e400}}'],
    ["debug", '{"error_type":"x","message":"y","context":{"http_status":9007199254740993}}'],
    ["debug", '{"error_type":"x","message":"y","context":{"http_status":"500"}}'],
    ["debug", '{"error_type":"x","message":"y","context":{"http_status":500.5}}'],
    ["debug", '{"error_type":"x","message":"y","context":{"http_status":-1}}'],
  ])("F10: %s refuses the number in %s", async (task, body) => {
    const { base, prompts, budget } = await start();
    const response = await fetch(`${base}/${task}`, { method: "POST", headers: json, body });
    expect([response.status, (await response.json()).code]).toEqual([400, "invalid_input"]);
    expect(prompts).toEqual([]);
    for (const { usedMicroUsd, reservedMicroUsd } of budget.usage())
      expect([usedMicroUsd, reservedMicroUsd]).toEqual([0, 0]);
  });

  it("F10: a caller can't choose model, tokens or temperature", async () => {
    const { send, prompts, budget } = await start();
    const wishes = '"model":"gpt-5","max_tokens":-1,"temperature":"1","n":1e400';
    expect((await send(`{"message":"Hi",${wishes}}`)).status).toBe(200);
    expect(prompts.join()).not.toMatch(/gpt-5|max_tokens/);
    for (const { usedMicroUsd } of budget.usage()) expect(usedMicroUsd).toBeGreaterThan(0);
  });
});
