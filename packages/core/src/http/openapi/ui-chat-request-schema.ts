/** What the AI SDK's `useChat` sends to a task that answers in text; the reply is a stream. */
export const uiChatRequestSchema = {
  type: "object",
  properties: {
    id: { type: "string", description: "Names the chat, and its latest stream." },
    trigger: { type: "string" },
    messages: {
      type: "array",
      items: {
        type: "object",
        properties: { role: { type: "string" }, parts: { type: "array", items: { type: "object" } } },
        required: ["role", "parts"],
      },
    },
  },
  required: ["trigger", "messages"],
};
