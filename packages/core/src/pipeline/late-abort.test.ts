import { expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import { fakeProvider } from "../testing/fake-provider.js";

it("a stream whose caller aborts while its answer is written down still ends with the answer", async () => {
  const caller = new AbortController();
  const outcomes: string[] = [];
  const gateway = createAiGateway({
    provider: fakeProvider([{ text: "Hello." }]),
    auditSink: {
      async write({ outcome }) {
        outcomes.push(outcome);
        caller.abort(new Error("gone"));
      },
    },
    logger: { info() {}, warn() {}, error() {} },
  });
  const types: string[] = [];
  const events = gateway.stream(gateway.tasks.chat, { message: "Hi" }, { signal: caller.signal });
  for await (const { type } of events) types.push(type);
  expect(types).toEqual(["text-delta", "finish"]);
  expect(outcomes).toEqual(["ok"]);
});
