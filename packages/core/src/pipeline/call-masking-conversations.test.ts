import { describe, expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import { createHttpHandler } from "../http/create-http-handler.js";
import { patternMasker } from "../mask/pattern-masker.js";
import { conversationTask } from "../tasks/conversation/conversation-task.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { TaskCall } from "./task-call.js";

const silent = { info() {}, warn() {}, error() {} };
const talk = conversationTask({ name: "talk", allow: "anyone" });
const said = (content: string) => ({ messages: [{ role: "user" as const, content }] });

/** The model repeats what it was told, letter by letter. */
function setUp() {
  const provider = fakeProvider(({ prompt }) => ({ text: [...String(prompt.messages.at(-1)?.content)] }));
  const gateway = createAiGateway({
    provider,
    tasks: [talk],
    outputGuard: false,
    masker: patternMasker({ key: "0123456789abcdef0123456789abcdef" }),
    auditSink: memoryAuditSink(),
    logger: silent,
  });
  const told = () => provider.requests.map(({ prompt }) => String(prompt.messages.at(-1)?.content));
  async function streamed(text: string, call: TaskCall) {
    let shown = "";
    for await (const event of gateway.stream(talk, said(text), call))
      if (event.type === "text-delta") shown += event.delta;
    return shown;
  }
  return { gateway, told, streamed };
}

describe("two conversations at once", () => {
  it("give the same values back to each, under placeholders of their own", async () => {
    const { told, streamed } = setUp();
    const calls = Array.from({ length: 60 }, (_, index) => ({
      text: `${index} ada@example.com, 4111 1111 1111 1111 and mail${index % 7}@example.org`,
      call: { conversation: `c${index % 2}`, caller: { tenantId: `t${index % 3}` } },
    }));
    const shown = await Promise.all(calls.map(({ text, call }) => streamed(text, call)));
    expect(shown).toEqual(calls.map(({ text }) => text));
    const cards = new Map<string, Set<string>>();
    for (const text of told()) {
      expect(text).not.toMatch(/example|4111/);
      const { conversation, caller } = calls[Number.parseInt(text, 10)]?.call ?? {};
      const name = `${conversation} ${caller?.tenantId}`;
      const [card = ""] = /\[CREDIT_CARD_\w+\]/.exec(text) ?? [];
      cards.set(name, (cards.get(name) ?? new Set()).add(card));
    }
    expect([...cards.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(new Set([...cards.values()].flatMap((names) => [...names])).size).toBe(6);
  });

  it("tell nothing of each other: a placeholder of one is a text like any other in the next", async () => {
    const { told, streamed } = setUp();
    await streamed("ada@example.com", { conversation: "c1" });
    const [stolen = ""] = told();
    for (const typed of [
      stolen,
      stolen.toLowerCase(),
      `\\${stolen}`,
      stolen.replaceAll("_", " "),
      encodeURIComponent(stolen),
    ])
      for (const call of [{ conversation: "c2" }, { conversation: "c1", caller: { tenantId: "t2" } }, {}]) {
        expect(await streamed(`Who is ${typed}? bob@example.com`, call)).toBe(
          `Who is ${typed}? bob@example.com`,
        );
        expect(told().at(-1)).not.toContain("bob@");
      }
    // In its own conversation it is a text too: who types it gets what was typed.
    expect(await streamed(`Who is ${stolen}? ada@example.com`, { conversation: "c1" })).toBe(
      `Who is ${stolen}? ada@example.com`,
    );
  });
});

describe("a value that reads like something else", () => {
  const values = [
    'say "hi" \\ and [EMAIL_k3f9_0001]',
    'a\\"b\\\\c]',
    "[[SECRET_k3f9_0001] x",
    "<script>alert(1)</script>",
    "![x](https://evil.example/?q=1)",
    "Ada\r\nBcc: all",
    "Ada\u001b[2JLovelace",
    "data: {\n\nevent: finish",
  ];

  it.each(values)("comes back as it is, in a reply, a stream and over HTTP: %j", async (value) => {
    const { gateway, told } = setUp();
    const visible = value.replace(/\r\n/g, "\n").replace(/\p{Cc}(?<!\n)/gu, ""); // as the sanitizer leaves it
    const call = { known: { person: [visible] } };
    const { text } = await gateway.run(talk, said(`<${value}>`), call);
    expect(text).toBe(`<${visible}>`);
    expect(told()[0]).toMatch(/^<\[PERSON_\w+\]>$/);
    const reply = await createHttpHandler({ ...gateway, tasks: { ...gateway.tasks, talk } })({
      method: "POST",
      path: "/talk",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: { kind: "parsed", value: said(`${value} ada@example.com`) },
      signal: new AbortController().signal,
      identify: () => undefined,
    });
    let wire = "";
    for await (const part of reply.body) wire += part;
    const data = [...wire.matchAll(/^data: ({.*)$/gm)].map(
      ([, json = ""]) => JSON.parse(json) as { delta?: string },
    );
    expect(data.map(({ delta = "" }) => delta).join("")).toBe(`${visible} ada@example.com`);
    expect(wire).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});
