import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { createAiClient } from "@levqor/core/client";
import { scriptedReply } from "@levqor/core/testing";
import { expect, it, onTestFinished } from "vitest";
import { type Script, serve } from "./serve-router.test-support.js";

const words = Array.from({ length: 40 }, (_, index) => `word ${index} `);
const counting: Script = async function* ({ call }) {
  for (const delta of words) yield { type: "text-delta", delta };
  yield { type: "finish", reply: scriptedReply({ reply: words.join("") }, call) };
};

/** A proxy that cuts the first connections, each after that many bytes of the server's. */
async function cuttingProxy(target: number, cuts: readonly number[]) {
  const left = [...cuts];
  const proxy = createServer((client) => {
    const server = connect(target, "127.0.0.1");
    const allowed = left.shift() ?? Number.POSITIVE_INFINITY;
    let sent = 0;
    const close = () => {
      client.destroy();
      server.destroy();
    };
    client.on("error", close).on("close", close).pipe(server);
    server.on("error", close).on("close", () => client.end());
    server.on("data", (chunk: Buffer) => {
      const part = chunk.subarray(0, allowed - sent);
      sent += part.length;
      client.write(part, () => {
        if (sent >= allowed) close();
      });
    });
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => void proxy.close());
  return { port: (proxy.address() as AddressInfo).port, cutsLeft: () => left.length };
}

/** The head of a reply and its first events take about 700 bytes. */
const cutAfter = [900, 901, 1_000, 1_333, 2_000, 2_700, 3_100];

it("a client on a flaky connection gets every word once, wherever the connection was cut", async () => {
  const { port } = await serve("express", { answer: counting, onDisconnect: "continue" });
  await Promise.all(
    cutAfter.map(async (bytes) => {
      const proxy = await cuttingProxy(port, [bytes, 800]);
      const client = createAiClient({ baseUrl: `http://127.0.0.1:${proxy.port}/api/ai` });
      const deltas: string[] = [];
      let reply: unknown;
      for await (const event of client.stream("chat", { message: "Count." })) {
        if (event.type === "text-delta") deltas.push(event.delta);
        if (event.type === "finish") reply = event.reply;
      }
      expect(deltas.join(""), `cut after ${bytes}`).toBe(words.join(""));
      expect(reply).toMatchObject({ reply: words.join("") });
      expect(proxy.cutsLeft()).toBe(0);
    }),
  );
}, 20_000); // the client waits half a second and more before it connects again
