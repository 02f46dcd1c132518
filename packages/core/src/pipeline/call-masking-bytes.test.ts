import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { Masked } from "../mask/masker.js";
import { patternMasker } from "../mask/pattern-masker.js";
import { openaiProvider } from "../provider/openai-provider.js";
import { conversationTask } from "../tasks/conversation/conversation-task.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

const silent = { info() {}, warn() {}, error() {} };
const known = ['Zoë "Ω" O\\Neil', "張偉"];
const call = { known: { person: known } };
const agent = conversationTask({ name: "agent", allow: "anyone", cacheTtlMs: 0 });
const note = defineTask({
  name: "note",
  input: z.object({ text: z.string() }),
  output: z.object({ title: z.string(), list: z.array(z.string()) }),
  allow: "anyone",
  cacheTtlMs: 0,
  prompt: ({ text }) => ({ messages: [{ role: "user", content: text }] }),
});
const tools = [{ name: "find", parameters: { type: "object" } }];
const asked = {
  messages: [{ role: "user" as const, content: `${known.join(", ")}; ada@example.com` }],
  tools,
};

/** What a model writes about two people and an address, damaged now and then, among text that needs several bytes. */
const word = fc.constantFrom(
  "[PERSON_k3f9_0001]",
  "[Person\\_k3f9\\_0002]",
  "\\[EMAIL\\_k3f9\\_0003\\]",
  "[EMAIL k3f9 0003]",
  "[EMAIL_k3f9_0099]",
  "[EMAIL_",
  "[👋",
  "é",
  "漢字 ",
  "👩‍💻",
  '"',
  "\\",
  "\n",
  " and ",
);
const replies = fc.sample(
  fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join("")),
  { numRuns: 200, seed: 41 },
);

/** The bytes of a reply as OpenAI streams it: text, then a tool call, each in deltas of `size` characters. */
function wireOf({ text, args }: { readonly text: string; readonly args?: string }, size: number): Uint8Array {
  const pieces = (whole: string) => whole.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  const tool = (fields: object) => ({ tool_calls: [{ index: 0, ...fields }] });
  const deltas: object[] = pieces(text).map((content) => ({ content }));
  if (args !== undefined) {
    deltas.push(tool({ id: "call_1", type: "function", function: { name: "find", arguments: "" } }));
    deltas.push(...pieces(args).map((piece) => tool({ function: { arguments: piece } })));
  }
  const chunk = (choice: object) =>
    `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 0, model: "m", choices: [{ index: 0, finish_reason: null, delta: {}, ...choice }] })}\n\n`;
  const frames = deltas.map((delta) => chunk({ delta }));
  const end = chunk({ finish_reason: args === undefined ? "stop" : "tool_calls" });
  return new TextEncoder().encode(`${frames.join("")}${end}data: [DONE]\n\n`);
}

/** What the model answers next, and where its bytes are cut. */
let wire: { readonly bytes: Uint8Array; readonly cuts: readonly number[] };

const fetch = async () => {
  const { bytes, cuts } = wire;
  const ends = [...cuts, bytes.length];
  const body = new ReadableStream({
    start(controller) {
      for (const [index, end] of ends.entries()) controller.enqueue(bytes.slice(ends[index - 1] ?? 0, end));
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
};
const masker = patternMasker({ createNonce: () => "k3f9" });
const gateway = createAiGateway({
  provider: openaiProvider({ apiKey: `sk-${"a1B2".repeat(12)}`, fetch }),
  masker,
  tasks: [agent, note],
  outputGuard: false,
  retry: { maxRetries: 0 },
  localFallback: false,
  auditSink: memoryAuditSink(),
  logger: silent,
});

/** What is shown of a conversation's reply, and its end. */
async function shown() {
  let text = "";
  let args = "";
  for await (const event of gateway.stream(agent, asked, call)) {
    if (event.type === "text-delta") text += event.delta;
    if (event.type === "tool-call-delta") args += event.delta;
    if (event.type === "finish") {
      expect([event.reply.text, event.reply.tool_calls.map((made) => made.arguments).join()]).toEqual([
        text,
        args,
      ]);
    }
  }
  return { text, args };
}

/** Every place within a character of several bytes. */
const withinCharacters = (bytes: Uint8Array) =>
  [...bytes.keys()].filter((at) => ((bytes[at] ?? 0) & 0b1100_0000) === 0b1000_0000);
const vault = masker.mask(asked, call) as Masked<typeof asked>;

describe("a reply that comes in bytes", () => {
  it("is restored as a whole one, text and arguments, cut within every character: 200 replies", {
    timeout: 30_000,
  }, async () => {
    for (const [index, reply] of replies.entries()) {
      const args = JSON.stringify({ to: reply, [reply]: 1 });
      const bytes = wireOf({ text: reply, args }, 2 + (index % 9));
      wire = { bytes, cuts: withinCharacters(bytes) };
      expect(await shown()).toEqual({ text: vault.restore(reply), args: vault.restoreJson(args) });
      expect(JSON.parse(vault.restoreJson(args))).toEqual(vault.restore({ to: reply, [reply]: 1 }));
    }
  });

  it("is restored alike wherever its bytes are cut", { timeout: 30_000 }, async () => {
    const text = "👩‍💻[PERSON_k3f9_0001]漢\\[EMAIL\\_k3f9\\_0003\\] [EMAIL_k3f9_0099]é";
    const bytes = wireOf({ text }, 100);
    const restored = vault.restore(text);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      wire = { bytes, cuts: [cut] };
      expect((await shown()).text, `cut at ${cut}`).toBe(restored);
    }
    expect(restored).toBe(`👩‍💻${known[0]}漢ada@example.com [EMAIL_k3f9_0099]é`);
  });

  it("is restored in an object, in each of its beginnings too", { timeout: 30_000 }, async () => {
    for (const reply of replies.slice(0, 60)) {
      const written = { title: reply, list: ["[PERSON_k3f9_0001]", `${reply} [PERSON_k3f9_0002]`] };
      const bytes = wireOf({ text: JSON.stringify(written) }, 5);
      wire = { bytes, cuts: withinCharacters(bytes) };
      const expected = vault.restore(written);
      for await (const event of gateway.stream(note, { text: asked.messages[0]?.content ?? "" }, call)) {
        if (event.type === "finish") expect(event.reply).toMatchObject(expected);
        if (event.type !== "partial") continue;
        const { title = expected.title, list = [] } = event.partial;
        expect({ title, list }).toEqual({ title: expected.title, list: expected.list.slice(0, list.length) });
      }
    }
  });
});
