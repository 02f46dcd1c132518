import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const example = fileURLToPath(new URL("../../../examples/levqor", import.meta.url));
const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step();
});

interface StartedProcess {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Resolves when it prints something that matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves to its exit code. */
  readonly ended: Promise<number | null>;
}

/** Runs `server/main.ts` as a process, as `npm start` does. */
function startProcess(env: Readonly<Record<string, string>>): StartedProcess {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions", "@levqor/source", "server/main.ts"],
    {
      cwd: example,
      env: { PATH: process.env["PATH"], PORT: "0", ...env },
    },
  );
  cleanUp.push(() => child.kill("SIGKILL"));
  let output = "";
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
      for (const watch of watchers) watch();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    child,
    ended,
    output: () => output,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          const found = pattern.exec(output);
          if (found !== null) resolve(found);
        };
        watchers.add(watch);
        watch();
        void ended.then(() => reject(new Error(`It ended without printing ${pattern}:\n${output}`)));
      }),
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
  );
  return (server.address() as AddressInfo).port;
}

const urlPattern = /is ready: (http:\/\/\S+)/;

describe("the server's process", () => {
  it("lists every wrong setting at once, its own and the gateway's, and ends with 1", async () => {
    const { ended, output } = startProcess({
      PORT: "abc",
      LEVQOR_SESSION_SECRET: "canary",
      AI_BUDGET_DAILY: "lots",
    });
    expect(await ended).toBe(1);
    expect(output()).toMatch(
      /Please correct:\n {2}- PORT: .*\n {2}- LEVQOR_SESSION_SECRET: .*\n {2}- AI_BUDGET_DAILY: .*\n$/,
    );
    expect(output()).not.toMatch(/canary|lots|^\s+at /m);
  });

  it("says in one message that the port is taken", async () => {
    const port = await listening(createServer());
    const { ended, output } = startProcess({ PORT: String(port) });
    expect(await ended).toBe(1);
    expect(output()).toContain(
      `- PORT: ${port} is in use. Stop the other program, or choose another: PORT=${port + 1}`,
    );
    expect(output()).not.toMatch(/EADDRINUSE|^\s+at /m);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends with 0 on %s, also when it comes twice", async (signal) => {
    const server = startProcess({});
    await server.printed(urlPattern);
    server.child.kill(signal);
    server.child.kill(signal);
    expect(await server.ended).toBe(0);
  });

  it("finishes the answer under way before it ends", async () => {
    let finish = () => {};
    const model = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      sendChunk(response, "The answer is ");
      finish = () => {
        sendChunk(response, "complete.");
        response.end(
          'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
        );
      };
    });
    const modelPort = await listening(model);
    const server = startProcess({
      AI_OPENAI_API_KEY: `sk-test-${"0".repeat(40)}`,
      AI_OPENAI_BASE_URL: `http://127.0.0.1:${modelPort}/v1`,
    });
    const url = (await server.printed(urlPattern))[1];
    const response = await fetch(`${url}/api/ai/chat`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ message: "What is the answer?" }),
    });
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    const decoder = new TextDecoder();
    let received = "";
    while (!received.includes("The answer")) received += decoder.decode((await reader.read()).value);

    server.child.kill("SIGTERM");
    await expect
      .poll(() =>
        fetch(`${url}/health`).then(
          () => "open",
          () => "closed",
        ),
      )
      .toBe("closed");
    finish();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      received += decoder.decode(next.value);
    expect(received).toContain("complete.");
    expect(received.trim().endsWith("data: [DONE]")).toBe(true);
    expect(await server.ended).toBe(0);
    expect(server.output()).toContain('"task":"chat"');
  });
});

function sendChunk(response: ServerResponse, content: string): void {
  const chunk = {
    id: "1",
    object: "chat.completion.chunk",
    created: 1,
    model: "gpt-4o-mini",
    choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }],
  };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}
