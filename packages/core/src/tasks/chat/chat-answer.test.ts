import { describe, expect, it } from "vitest";
import type { Caller } from "../../pipeline/task-call.js";
import { localContext } from "../../testing/local-context.js";
import { chatAnswer } from "./chat-answer.js";
import { createChatKnowledge } from "./chat-knowledge.js";
import { chatPrompt } from "./chat-prompt.js";
import { joinPhrases } from "./join-phrases.js";
import type { KnowledgeDocument } from "./knowledge-document.js";

const documents: readonly KnowledgeDocument[] = [
  {
    title: "Plans and prices",
    url: "/pricing",
    pages: ["pricing"],
    text: "There are three tiers. Billed monthly: Small £9, Growth £29, Pro £59. The cheapest tier is Small.",
  },
  {
    title: "The Small plan",
    url: "/pricing",
    pages: ["pricing"],
    text: "Small costs £9 a month. It has 5 workflows.",
  },
  {
    title: "The Growth plan",
    url: "/pricing",
    pages: ["pricing"],
    text: "Growth costs £29 a month. It has 25 workflows.",
  },
  {
    title: "The Pro plan",
    url: "/pricing",
    pages: ["pricing"],
    text: "Pro costs £59 a month. It is for the whole company.",
  },
  {
    title: "The trial",
    url: "/trial",
    pages: ["trial"],
    text: "The trial lasts 7 days; that is how long it is free.",
  },
  {
    title: "Connect a tool",
    url: "/tools",
    pages: ["dashboard"],
    text: "Sign in at the tool and approve what we may do. We keep a token, never your password. You can change tools.",
  },
  {
    title: "Test a workflow",
    url: "/runs",
    text: "Every workflow has a Test button. Then switch the workflow on.",
  },
  {
    title: "Run history",
    url: "/runs",
    text: "The history keeps every run for 30 days with input and output.",
  },
  { title: "Data", url: "/data", text: "Personal data is masked and put back in the answer. It is private." },
];
const knowledge = createChatKnowledge({ knowledge: documents, pages: {}, product: "Acme" });
const ask = (message: string, page?: string) =>
  chatAnswer(knowledge, { message, context: page === undefined ? undefined : { page } }, {}).reply;

describe("one shared word is no answer", () => {
  it.each([
    ["Can I get my money back?"],
    ["How do I change my password?"],
    ["I forgot my password"],
    ["Where is your company?"],
    ["How do I switch a workflow off?"],
    ["Turn off the workflow"],
  ])("%s", (message) => {
    expect(ask(message)).toMatch(/^I have no information about that/);
  });

  it.each([
    ["how long are logs kept", "30 days"],
    ["How do I turn the workflow on?", "switch the workflow on"],
    ["how do I log in to a tool?", "Sign in at the tool"],
    ["company", "for the whole company"],
    ["Where is the test button?", "Test button"],
  ])("%s is answered: %s", (message, sentence) => {
    expect(ask(message)).toContain(sentence);
  });
});

describe("what kind of answer is wanted", () => {
  it.each([
    ["what are your prices?", "Small £9, Growth £29, Pro £59"],
    ["pricing", "Small £9, Growth £29, Pro £59"],
    ["How much does it cost?", "£"],
    ["how long is the trial?", "7 days"],
    ["How much is Pro?", "Pro costs £59"],
  ])("%s", (message, sentence) => {
    expect(ask(message)).toContain(sentence);
  });

  it.each([
    ["Compare Growth and Pro"],
    ["Growth or Pro?"],
    ["What is the difference between Pro and Growth"],
  ])("%s uses both documents", (message) => {
    const reply = ask(message);
    expect(reply).toContain("Growth costs £29");
    expect(reply).toContain("Pro costs £59");
    expect(reply).toMatch(/Sources: .*The (?:Growth|Pro) plan.*The (?:Growth|Pro) plan/);
  });
});

describe("documents that not everyone may see", () => {
  const secret: KnowledgeDocument = {
    title: "Acquisition of Umbra",
    text: "The acquisition of Umbra closes in May.",
    access: { roles: ["board"] },
  };
  const tenant: KnowledgeDocument = {
    title: "Parking at Initech",
    text: "Initech staff park at the back gate.",
    tenantId: "initech",
  };
  const guarded = createChatKnowledge({
    knowledge: [secret, tenant, ...documents],
    pages: {},
    product: "Acme",
  });
  const asked = (message: string, caller: Caller) => chatAnswer(guarded, { message }, caller).reply;
  const hidden = /umbra|initech|gate/iu;

  it("answer those who may", () => {
    expect(asked("when does the acquisition close?", { roles: ["board"] })).toContain("in May");
    expect(asked("where is parking?", { tenantId: "initech" })).toContain("back gate");
  });

  it.each<[string, Caller]>([
    ["when does the acquisition of umbra close?", {}],
    ["when does the aquisition of umbra close?", { userId: "u1", roles: ["staff"] }],
    ["where is parking at initech?", { tenantId: "umbrella" }],
    ["what can you do?", {}],
    ["who won the cup?", {}],
  ])("say nothing to others: %s", (message, caller) => {
    const reply = asked(message, caller);
    expect(reply).not.toMatch(hidden);
    expect(chatPrompt(guarded, { message }, localContext(caller)).system).not.toMatch(hidden);
  });
});

describe("topics offered when nothing fits", () => {
  const topicsOf = (reply: string) => [...reply.matchAll(/“([^”]+)”/gu)].map(([, title]) => title);

  it("come from different places, those of the page first", () => {
    expect(topicsOf(ask("who won the cup?"))).toEqual([
      "Plans and prices",
      "The trial",
      "Connect a tool",
      "Test a workflow",
    ]);
    expect(topicsOf(ask("who won the cup?", "dashboard"))[0]).toBe("Connect a tool");
  });

  it("can each be asked for by name", () => {
    for (const title of topicsOf(ask("who won the cup?"))) {
      expect(ask(title ?? ""), title).toContain("Source: [");
    }
  });
});

describe("joinPhrases", () => {
  it.each([
    ["switch the workflow off", "disable the workflow"],
    ["turned it on", "enable it"],
    ["log in", "login"],
    ["signed out", "logout"],
    ["sign up today", "signup today"],
    ["money back", "refund"],
    ["put it back", "put it back"],
    ["logs are on", "logs are on"],
    ["switch plans", "switch plans"],
  ])("%s", (words, joined) => {
    expect(joinPhrases(words.split(" ")).join(" ")).toBe(joined);
  });
});
