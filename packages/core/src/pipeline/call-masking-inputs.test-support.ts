import * as z from "zod";
import { defineTask } from "../define-task.js";
import { conversationTask } from "../tasks/conversation/conversation-task.js";

/** Writes something personal. Each call writes another value. */
export type Fill = () => string;

/** A task whose input has a field of every kind that a product may have, and shows all of them to the model. */
const anyField = z.object({
  note: z.string(),
  files: z.array(z.object({ name: z.string(), url: z.string() })),
  page: z.object({ path: z.string(), title: z.string() }),
  metadata: z.record(z.string(), z.unknown()),
});
export const recordTask = defineTask({
  name: "record",
  input: anyField,
  output: z.object({ note: z.string(), fields: z.record(z.string(), z.string()) }),
  allow: "anyone",
  prompt: (input) => ({
    system: `The page is ${input.page.title}, ${input.page.path}.`,
    messages: [
      { role: "user", content: JSON.stringify(input, null, 2) },
      { role: "user", content: Object.entries(input.metadata).join("; ") },
    ],
  }),
  local: ({ note, metadata }) => ({ note, fields: { first: Object.keys(metadata)[0] ?? "none" } }),
});
export const agentTask = conversationTask({ name: "agent", allow: "anyone" });

/** For each task an input with something personal in each field. */
export const inputs: Readonly<Record<string, (fill: Fill) => object>> = {
  chat: (fill) => ({
    message: fill(),
    context: { page: fill(), user_role: fill(), tenant_id: fill() },
    messages: [
      { role: "user", content: fill() },
      { role: "assistant", content: fill() },
    ],
  }),
  workflow: (fill) => ({
    description: `When ${fill()} writes, post to Slack`,
    context: { experience_level: "beginner", tools: ["Slack", fill()] },
  }),
  debug: (fill) => ({
    error_type: fill(),
    message: `401 Unauthorized for ${fill()}`,
    context: {
      service: fill(),
      endpoint: `https://api.example.com/users/${encodeURIComponent(fill())}?q=${encodeURIComponent(fill())}`,
      http_status: 401,
    },
  }),
  onboarding: (fill) => ({ stage: fill(), context: { has_connected_tool: true, [fill()]: true } }),
  semantic_search: (fill) => ({ query: `invoices of ${fill()}`, limit: 5 }),
  intelligent_search: (fill) => ({ query: `open invoices from ${fill()} since March`, limit: 5 }),
  get_recommendations: (fill) => ({ item_ids: [fill()] }),
  record: (fill) => ({
    note: fill(),
    files: [
      { name: `${fill()}.pdf`, url: `https://files.example.com/f?owner=${encodeURIComponent(fill())}` },
    ],
    page: { path: `/people/${fill()}`, title: fill() },
    metadata: {
      [fill()]: true,
      nested: { [fill()]: [fill()] },
      json: JSON.stringify({ [fill()]: fill() }),
      encoded: btoa(fill()),
    },
  }),
  agent: (fill) => ({
    system: fill(),
    messages: [
      { role: "user", content: fill() },
      {
        role: "assistant",
        content: fill(),
        toolCalls: [
          {
            id: fill(),
            name: fill(),
            arguments: JSON.stringify({ to: fill(), [fill()]: { deep: [fill()] } }),
          },
          { id: "call-2", name: "find", arguments: `{"broken": "${fill()}` },
        ],
      },
      { role: "tool", toolCallId: fill(), content: JSON.stringify({ found: [fill()], [fill()]: 1 }) },
      { role: "user", content: fill() },
    ],
    tools: [
      {
        name: "find",
        description: `Finds people, such as ${fill()}.`,
        parameters: {
          type: "object",
          description: fill(),
          properties: {
            who: {
              type: "string",
              title: fill(),
              enum: [fill(), fill()],
              default: fill(),
              examples: [fill()],
            },
            [fill()]: { const: fill() },
          },
        },
      },
    ],
    responseFormat: { name: "answer", schema: { type: "object", description: fill() } },
  }),
};
