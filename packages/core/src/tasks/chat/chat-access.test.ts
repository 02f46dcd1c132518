import { expect, it } from "vitest";
import { localContext } from "../../testing/local-context.js";
import { chatTask } from "./chat-task.js";
import type { KnowledgeDocument } from "./knowledge-document.js";

it("names every mistake of its documents, wrong access lists included", () => {
  const documents: unknown = [
    { text: "No title." },
    { title: "Pay", text: "Salaries.", access: { roles: "finance" } },
    { title: "Deal", text: "A merger.", tenantId: 5, access: null },
  ];
  expect(() => chatTask({ knowledge: documents as KnowledgeDocument[] })).toThrow(
    [
      "Chat task:",
      "- knowledge[0]: give it a title and a text",
      "- knowledge[1].access.roles: must be a list of strings",
      "- knowledge[2].tenantId: must be a string",
      "- knowledge[2].access: must be an object with users or roles",
    ].join("\n"),
  );
});

it("names no topics to somebody for whom there are none", () => {
  const task = chatTask({ knowledge: [{ title: "Pay", text: "Salaries.", access: { roles: ["finance"] } }] });
  const ask = (message: string) => task.local?.({ message }, localContext());
  expect(ask("hi")).toEqual({
    reply: "Hello! I answer questions about this product. What would you like to know?",
  });
  expect(ask("What are the salaries?")).toEqual({
    reply: "I have no information about that. Could you put it in other words?",
  });
});
