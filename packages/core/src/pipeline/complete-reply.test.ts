import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

const shelves: Readonly<Record<string, string>> = { "ann@example.com": "A1", "bob@example.com": "B2" };

const findShelf = defineTask({
  name: "find_shelf",
  input: z.object({ of: z.string() }),
  output: z.object({ shelf: z.string(), by: z.string() }),
  modelOutput: z.object({ owner: z.string() }),
  complete({ owner }, _input, { caller }) {
    const shelf = shelves[owner];
    if (shelf === undefined) throw new GatewayError("invalid_output", "There is no such shelf.");
    return { shelf, by: caller.userId ?? "nobody" };
  },
  local: ({ of }, { restore }) => ({ shelf: shelves[restore(of)] ?? `none for ${of}`, by: "local" }),
  allow: "anyone",
  prompt: ({ of }) => ({ messages: [{ role: "user", content: of }] }),
});
const logger = { debug() {}, info() {}, warn() {}, error() {} };

function gatewayWith(replies: Parameters<typeof fakeProvider>[0]) {
  const provider = fakeProvider(replies);
  return {
    provider,
    gateway: createAiGateway({
      provider,
      tasks: [findShelf],
      logger,
      auditSink: memoryAuditSink(),
      retry: { maxRetries: 0 },
    }),
  };
}

describe("a task whose model writes something else than its output", () => {
  it("completes what the model wrote about masked values", async () => {
    const { gateway, provider } = gatewayWith(({ prompt }) => ({
      text: JSON.stringify({ owner: prompt.messages[0]?.content }),
    }));
    const reply = await gateway.run(findShelf, { of: "ann@example.com" }, { caller: { userId: "u1" } });
    expect(reply).toMatchObject({ shelf: "A1", by: "u1", metadata: { source: "model" } });
    expect(JSON.stringify(provider.requests)).not.toContain("ann@example.com");
  });

  it("answers locally when the completion refuses, looking up the restored value", async () => {
    const { gateway } = gatewayWith([{ text: '{"owner":"nobody"}' }]);
    const reply = await gateway.run(findShelf, { of: "bob@example.com" });
    expect(reply).toMatchObject({ shelf: "B2", by: "local", metadata: { degraded: "invalid_output" } });
  });

  it("completes a cached reply for the caller who asks now", async () => {
    const { gateway, provider } = gatewayWith([{ text: '{"owner":"ann@example.com"}' }]);
    await gateway.run(findShelf, { of: "the first" }, { caller: { userId: "u1" } });
    const again = await gateway.run(findShelf, { of: "the first" }, { caller: { userId: "u2" } });
    expect(again).toMatchObject({ shelf: "A1", by: "u2", metadata: { source: "cache" } });
    expect(provider.requests).toHaveLength(1);
  });
});
