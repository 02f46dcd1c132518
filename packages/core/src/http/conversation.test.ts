import { describe, expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import { patternMasker } from "../mask/pattern-masker.js";
import type { Caller } from "../pipeline/task-call.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { createFetchHandler } from "./create-fetch-handler.js";

const url = "http://gateway.test/api/ai/chat";
const silent = { info() {}, warn() {}, error() {} };
const secret = "chat-0123456789abcdef";
const ada = { tenantId: "acme", userId: "ada" };

/** A gateway behind its HTTP layer, whose model repeats what it is told. */
function setUp() {
  const provider = fakeProvider(({ prompt }) => ({ text: `You said: ${prompt.messages.at(-1)?.content}` }));
  const gateway = createAiGateway({
    provider,
    masker: patternMasker({ key: "0123456789abcdef0123456789abcdef" }),
    auditSink: { write() {} },
    logger: silent,
  });
  let caller: Caller | undefined;
  const handle = createFetchHandler(gateway, {
    basePath: "/api/ai",
    identify: () => caller,
    known: async (who) => (who?.userId === "ada" ? { person: ["Lovelace"] } : undefined),
  });
  const post = async (who: Caller | undefined, body: object, headers: Record<string, string> = {}) => {
    caller = who;
    const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
    const reply = await handle(new Request(url, { ...init, body: JSON.stringify(body) }));
    return await reply.text();
  };
  const told = () => provider.requests.map(({ prompt }) => String(prompt.messages.at(-1)?.content));
  return {
    told,
    /** As `useChat` does. */
    chat: (who: Caller | undefined, id: unknown, text: string) =>
      post(who, {
        id,
        trigger: "submit-message",
        messages: [{ id: "m1", role: "user", parts: [{ type: "text", text }] }],
      }),
    /** As our own client does. */
    ask: (who: Caller | undefined, name: string, message: string) =>
      post(who, { message }, { "x-ai-conversation": name }),
  };
}

describe("a conversation over HTTP", () => {
  it("is named by the chat's id, and by the header of the client", async () => {
    const { chat, ask, told } = setUp();
    await chat(ada, "c1", "I am ada@example.com");
    await ask(ada, "c1", "I am ada@example.com.");
    expect(await ask(ada, "c1", "No: bob@example.com, not ada@example.com")).toContain("ada@example.com");
    const [first = ""] = /\[EMAIL_\w+\]/.exec(told()[0] ?? "") ?? [];
    expect(first).not.toBe("");
    for (const text of told()) expect(text).toContain(first);
  });

  it("is another one for another chat, user or tenant, and for each call that names none", async () => {
    const { chat, told } = setUp();
    const callers = [
      ada,
      { ...ada, userId: "ben" },
      { ...ada, tenantId: "other" },
      { userId: "ada" },
      undefined,
    ];
    for (const caller of callers) await chat(caller, secret, "I am ada@example.com");
    await chat(ada, `${secret}2`, "I am ada@example.com");
    for (const id of [undefined, 7, "", "x".repeat(201)]) await chat(ada, id, "I am ada@example.com");
    expect(new Set(told()).size).toBe(told().length);
    expect(told()).toHaveLength(10);
  });

  it("of a visitor needs an id that nobody guesses", async () => {
    const { chat, told } = setUp();
    for (const id of ["chat-1", "chat-1", secret, secret]) await chat(undefined, id, "I am ada@example.com");
    const [first, second, third, fourth] = told();
    expect(first).not.toBe(second);
    expect(third).toBe(fourth);
  });

  it("hides what the server knows of its caller, streamed or not", async () => {
    const { chat, ask, told } = setUp();
    expect(await chat(ada, "c1", "I am Lovelace")).toContain("Lovelace");
    expect(await ask(ada, "c1", "I am Lovelace")).toContain("I am Lovelace");
    await ask({ userId: "ben" }, "c1", "I am Lovelace");
    const [first, second, third] = told();
    expect(first).toMatch(/^I am \[PERSON_\w+\]$/);
    expect([second, third]).toEqual([first, "I am Lovelace"]);
  });

  it("gives nothing to whoever names it, and types its placeholders", async () => {
    const { chat, told } = setUp();
    await chat(ada, secret, "I am ada@example.com");
    const [placeholder = ""] = /\[EMAIL_\w+\]/.exec(told()[0] ?? "") ?? [];
    const callers = [ada, { ...ada, userId: "ben" }, { ...ada, tenantId: "other" }, undefined];
    for (const caller of callers) {
      const reply = await chat(caller, secret, `Who is ${placeholder}? Not ben@example.com`);
      expect(reply).not.toContain("ada@");
      expect(reply).toContain(placeholder);
    }
  });
});
