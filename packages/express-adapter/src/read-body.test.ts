import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { readBody } from "./read-body.js";
import { pause } from "./serve-router.test-support.js";

/** A server that answers with what this makes of a request, and a request to it of which the test sends the body. */
async function setUp(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const sent = sendRequest({ port, method: "POST" });
  sent.on("error", () => {}); // of requests that the test breaks off
  return sent;
}

const answerSize = async (request: IncomingMessage, response: ServerResponse) => {
  const bytes = await readBody(request, 1_000_000);
  response.end(bytes === undefined ? "too large" : String(bytes.byteLength));
};
async function replyTo(sent: ReturnType<typeof sendRequest>): Promise<string> {
  const [reply] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const part of reply.setEncoding("utf8")) text += String(part);
  return text;
}

it("is read whole, in however many parts it comes", async () => {
  const sent = await setUp(answerSize);
  for (const size of [1, 70_000, 200_000]) {
    sent.write("x".repeat(size));
    await pause(5);
  }
  sent.end();
  expect(await replyTo(sent)).toBe("270001");
});

it("may be empty", async () => {
  const sent = await setUp(answerSize);
  sent.end();
  expect(await replyTo(sent)).toBe("0");
});

it("is empty when it was empty and somebody has read it before", async () => {
  const sent = await setUp(async (request, response) => {
    await once(request.resume(), "end");
    await answerSize(request, response);
  });
  sent.end();
  expect(await replyTo(sent)).toBe("0");
});

it("is left unread beyond the limit, while the reply can still be sent", async () => {
  let read: Promise<Uint8Array | undefined> | undefined;
  let isPaused: boolean | undefined;
  const sent = await setUp(async (request, response) => {
    read = readBody(request, 100_000);
    await read;
    isPaused = request.isPaused();
    response.end("refused");
  });
  sent.write("x".repeat(200_000));
  expect(await replyTo(sent)).toBe("refused");
  expect([await read, isPaused]).toEqual([undefined, true]);
});

it("rejects when it breaks off, before or after it is asked for", async () => {
  const failures: unknown[] = [];
  const sent = await setUp(async (request) => {
    const onFailure = (error: unknown) => void failures.push(error);
    await readBody(request, 100).catch(onFailure);
    await readBody(request, 100).catch(onFailure);
    onFailure("done");
  });
  sent.write("{");
  await pause(20);
  sent.destroy();
  await expect.poll(() => failures).toEqual([expect.any(Error), expect.any(Error), "done"]);
});

it("is read when somebody has paused the request before", async () => {
  const sent = await setUp(async (request, response) => {
    request.pause();
    await answerSize(request, response);
  });
  sent.end("hello");
  expect(await replyTo(sent)).toBe("5");
});
