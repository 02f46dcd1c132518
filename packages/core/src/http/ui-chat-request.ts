/** Most earlier turns that are passed on: as many as the chat task takes. */
const maxEarlierMessages = 200;

/** What `useChat` asks. */
export interface UiChatRequest {
  /** The chat it belongs to; absent when the body names none. */
  readonly chatId: string | undefined;
  /** The chat task's input. */
  readonly input: object;
}

/**
 * Reads the body that the AI SDK's `useChat` and assistant-ui send, `{ id, trigger, messages: [{ role, parts }] }`, as
 * `{ message, messages }` of the chat task: the last message is the question, earlier ones are the conversation. Other
 * keys of the body (`context`) stay. Returns nothing for any other body.
 */
export function readUiChatRequest(body: object): UiChatRequest | undefined {
  const { id, trigger, messageId: _messageId, messages, ...rest } = body as Readonly<Record<string, unknown>>;
  if (typeof trigger !== "string" || !Array.isArray(messages)) return undefined;
  const turns = messages.filter(isTurn).map(({ role, parts }) => ({ role, content: textOf(parts) }));
  const earlier = turns.slice(0, -1).filter(({ content }) => content !== "");
  return {
    chatId: typeof id === "string" ? id : undefined,
    input: { ...rest, message: turns.at(-1)?.content ?? "", messages: earlier.slice(-maxEarlierMessages) },
  };
}

interface Turn {
  readonly role: "user" | "assistant";
  readonly parts: readonly unknown[];
}

/** System messages come from the product, never from a request. */
function isTurn(message: unknown): message is Turn {
  const { role, parts } = (message ?? {}) as Readonly<Record<string, unknown>>;
  return (role === "user" || role === "assistant") && Array.isArray(parts);
}

function textOf(parts: readonly unknown[]): string {
  return parts
    .map((part) => (part ?? {}) as Readonly<Record<string, unknown>>)
    .flatMap(({ type, text }) => (type === "text" && typeof text === "string" ? [text] : []))
    .join("");
}
