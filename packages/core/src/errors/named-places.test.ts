import { expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import { namedPlaces } from "./named-places.js";

const schema = { properties: { items: { items: { properties: { name: {} } } } } };

it("names indexes and the schema's own keys, each place once", () => {
  const places = [["items", 0, "name"], ["items", 0, "name"], ["items", 1, "Ada", "name"], ["Ada"], []];
  expect(namedPlaces(places, schema)).toEqual(["items.0.name", "items.1.*.name", "*", "the root"]);
});

it("names no more than twenty", () => {
  const places = Array.from({ length: 1_000 }, (_, index) => ["items", index]);
  expect(namedPlaces(places, schema)).toHaveLength(20);
});

it("keeps a key that a model wrote out of errors and logs", async () => {
  const task = defineTask({
    name: "scores",
    input: z.object({}),
    output: z.object({ scores: z.record(z.string(), z.number()) }),
    allow: "anyone",
    prompt: () => ({ messages: [] }),
  });
  const logged: string[] = [];
  const gateway = createAiGateway({
    provider: fakeProvider([{ text: '{"scores":{"Ada Lovelace":"high"}}' }]),
    auditSink: memoryAuditSink(),
    logger: { info() {}, error() {}, warn: (_, message) => void logged.push(message) },
  });
  const problem = "The reply does not fit the task's output at: scores.*";
  await expect(gateway.run(task, {})).rejects.toMatchObject({ code: "invalid_output", message: problem });
  expect(logged).toEqual([problem, problem]);
});
