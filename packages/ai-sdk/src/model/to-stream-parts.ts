import type { ConversationOutput, TaskEvent, ToolCall } from "@levqor/core";
import { describeReply } from "./describe-reply.js";
import type { GatewayModelStreamPart, GatewayModelToolCall } from "./gateway-model.js";

/** A call as the AI SDK has it. */
export const toToolCall = ({ id, name, arguments: input }: ToolCall): GatewayModelToolCall => ({
  type: "tool-call",
  toolCallId: id,
  toolName: name,
  input,
});

/** Turns a reply's events into the AI SDK's parts. `name` stands for the model when none answered. */
export async function* toStreamParts(
  events: AsyncIterable<TaskEvent<ConversationOutput>>,
  name: string,
): AsyncGenerator<GatewayModelStreamPart> {
  let texts = 0;
  let open: string | undefined;
  function* endText(): Generator<GatewayModelStreamPart> {
    if (open !== undefined) yield { type: "text-end", id: open };
    open = undefined;
  }
  for await (const event of events) {
    switch (event.type) {
      case "text-delta":
        if (open === undefined) {
          open = String(texts++);
          yield { type: "text-start", id: open };
        }
        yield { type: "text-delta", id: open, delta: event.delta };
        break;
      case "tool-call-start":
        yield* endText();
        yield { type: "tool-input-start", id: event.id, toolName: event.name };
        break;
      case "tool-call-delta":
        yield { type: "tool-input-delta", id: event.id, delta: event.delta };
        break;
      case "tool-call-end":
        yield { type: "tool-input-end", id: event.id };
        yield toToolCall(event);
        break;
      case "finish": {
        const { response, ...end } = describeReply(event.reply, name);
        yield* endText();
        yield { type: "response-metadata", ...response };
        yield { type: "finish", ...end };
        break;
      }
      case "partial": // of tasks that answer in JSON: a conversation is none
      case "reset": // not asked for: the AI SDK can't take back what it has shown
    }
  }
}
