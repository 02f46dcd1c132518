import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type EdgeProcess, startEdgeProcess } from "../support/edge/edge-process.js";
import { chunkOf, sendRaw } from "../support/edge/raw-http.js";

const canary = "CANARY-7c1f";
const internals = /CANARY|node_modules|\bat .*[(/]|TypeError|SyntaxError/;

/** Sends chats to a server, below a path. */
const chatAt =
  ({ port }: EdgeProcess, path: string) =>
  async (body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return { status: response.status, text: await response.text() };
  };

describe.each([
  ["NODE_ENV unset", {}, []],
  ["NODE_ENV=production", { NODE_ENV: "production" }, []],
  ["DEBUG=*", { DEBUG: "*" }, []],
  ["NODE_DEBUG and --inspect", { NODE_DEBUG: "module" }, ["--inspect=127.0.0.1:0"]],
] as const)("a server with %s", (_name, env, args) => {
  it("F1, F56: prints and answers no piece of a body, a prompt, a reply or a stack", async () => {
    const server = await startEdgeProcess(env, args);
    for (const path of ["/api/ai", "/parsed/api/ai"]) {
      const post = chatAt(server, path);
      for (const body of [
        `{"message":"${canary}`,
        `{"${canary}":1,}`,
        canary,
        `"${canary}"`,
        `[${canary}]`,
      ]) {
        const refused = await post(body);
        expect(refused.status).toBe(400);
        expect(refused.text).not.toMatch(internals);
      }
      const gzip = await post(`{"message":"${canary}"}`, { "content-encoding": "gzip" });
      expect([400, 415]).toContain(gzip.status);
      const failed = await post(`{"message":"boom ${canary}"}`);
      expect([failed.status, JSON.parse(failed.text).code]).toEqual([503, "provider_unavailable"]);
      expect(failed.text).not.toMatch(internals);
      const streamed = await post(`{"message":"boom ${canary}"}`, {
        accept: "text/event-stream",
      });
      expect(streamed.text).toContain('"code":"provider_unavailable"');
      // The words that the model said before it failed are the caller's own.
      expect(streamed.text.replaceAll(`boom ${canary}`, "")).not.toMatch(internals);
      expect((await post(`{"message":"${canary} ${path}"}`)).status).toBe(200);
      const wrong = await post(`{"message":{"${canary}":1}}`);
      expect(wrong.status).toBe(400);
      expect(wrong.text).not.toContain(canary);
    }
    server.child.kill("SIGTERM");
    await once(server.child, "exit");
    expect(server.printed()).toContain("request_id"); // the audit is on the console
    expect(server.printed()).not.toMatch(/CANARY|SyntaxError|create-ai-router|run-pipeline/);
  });
});

it("F4: refusing bodies of 10 MB takes 2 MB of memory at most", async () => {
  const server = await startEdgeProcess({ NODE_ENV: "production" });
  const parts = Array.from({ length: 160 }, () => "x".repeat(65_536));
  const head = ["POST /api/ai/chat HTTP/1.1", "Host: x", "Content-Type: application/json"];
  const send = async () => {
    const announced = [...head, "Content-Length: 10485760", "", ""].join("\r\n");
    expect((await sendRaw(server.port, [announced, ...parts])).status).toBe(413);
    const chunked = [...head, "Transfer-Encoding: chunked", "", ""].join("\r\n");
    const { status } = await sendRaw(server.port, [chunked, ...parts.map(chunkOf), "0\r\n\r\n"]);
    expect(status).toBe(413);
  };
  for (let warm = 0; warm < 10; warm++) await send();
  const growths: number[] = [];
  for (let measured = 0; measured < 3; measured++) {
    const before = await server.rss();
    for (let round = 0; round < 5; round++) await send();
    growths.push((await server.rss()) - before);
  }
  // The smallest of three: the memory of a process goes up and down by a megabyte without any request.
  expect(Math.min(...growths)).toBeLessThanOrEqual(2 * 1024 * 1024);
});

it("F55: SIGTERM mid-stream refuses new calls, ends running ones at the deadline, settles and audits them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "edge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const auditFile = join(folder, "audit.ndjson");
  const server = await startEdgeProcess({ NODE_ENV: "production", EDGE_AUDIT_FILE: auditFile });
  const open = (message: string) =>
    httpRequest({
      ...{ port: server.port, path: "/api/ai/chat", method: "POST" },
      headers: { "content-type": "application/json", accept: "text/event-stream" },
    }).end(JSON.stringify({ message }));
  const kept = open("slow");
  const [response] = (await once(kept, "response")) as [IncomingMessage];
  let text = "";
  response.on("data", (chunk: Buffer) => {
    text += String(chunk);
  });
  await once(response, "data");
  const atMs = performance.now();
  server.child.kill("SIGTERM");
  await once(response, "end");
  const tookMs = performance.now() - atMs;
  const [code] = server.child.exitCode === null ? await once(server.child, "exit") : [server.child.exitCode];
  expect(tookMs).toBeGreaterThan(9_000);
  expect(tookMs).toBeLessThan(14_000);
  expect(code).toBe(0);
  expect(text).toContain('"code":"aborted"');
  expect(text).toMatch(/data: \[DONE\]\n\n$/);
  expect(server.printed()).toContain("reserved at the end: 0 0");
  const records = readFileSync(auditFile, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(records).toMatchObject([{ outcome: "aborted", error_code: "aborted" }]);
  expect(records[0].cost_usd).toBeGreaterThan(0);
}, 40_000);
