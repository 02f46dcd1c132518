import type { AnyTask } from "../define-task.js";
import type { TaskEvent, TaskReply } from "../pipeline/task-call.js";
import type { UiMessageChunk } from "./ui-message-chunk.js";

/** Makes a function that turns the events of one reply into the chunks that say the same, in order. */
export function createEventChunks(task: AnyTask): (event: TaskEvent<object>) => UiMessageChunk[] {
  let texts = 1;
  let isTextOpen = false;
  /** After a reset the text is another part, with another id. */
  const textId = () => `text-${texts}`;

  function textDelta(delta: string): UiMessageChunk[] {
    const opening = isTextOpen ? [] : [{ type: "text-start" as const, id: textId() }];
    isTextOpen = true;
    return [...opening, { type: "text-delta", id: textId(), delta }];
  }
  function reset(): UiMessageChunk[] {
    texts += 1;
    isTextOpen = false;
    return [{ type: "reset-step" }];
  }
  function finish(reply: TaskReply<object>): UiMessageChunk[] {
    const output = isPlainReply(task, reply) ? [] : [{ type: "data-output" as const, data: reply }];
    const text = isTextOpen || task.textField === undefined ? [] : textDelta(textOf(task.textField, reply));
    return [
      ...output,
      ...text,
      ...(isTextOpen ? [{ type: "text-end" as const, id: textId() }] : []),
      { type: "finish-step" },
      { type: "finish", messageMetadata: reply.metadata },
    ];
  }

  return (event) => {
    switch (event.type) {
      case "text-delta":
        return textDelta(event.delta);
      case "tool-call-start":
        return [{ type: "tool-input-start", toolCallId: event.id, toolName: event.name }];
      case "tool-call-delta":
        return [{ type: "tool-input-delta", toolCallId: event.id, inputTextDelta: event.delta }];
      case "tool-call-end":
        return [toolInput(event)];
      case "partial":
        return [{ type: "data-partial", id: "partial", data: event.partial }];
      case "reset":
        return reset();
      case "finish":
        return finish(event.reply);
    }
  };
}

function toolInput(call: Extract<TaskEvent<object>, { type: "tool-call-end" }>): UiMessageChunk {
  const about = { toolCallId: call.id, toolName: call.name };
  try {
    // A tool without parameters is often called with no arguments at all.
    const input: unknown = call.arguments.trim() === "" ? {} : JSON.parse(call.arguments);
    return { type: "tool-input-available", ...about, input };
  } catch {
    const errorText = "The arguments are not valid JSON.";
    return { type: "tool-input-error", ...about, input: call.arguments, errorText };
  }
}

/** Whether the text is all of the output, under its usual name: then a client needs nothing more to know it. */
const isPlainReply = (task: AnyTask, reply: TaskReply<object>) =>
  task.textField === "reply" && Object.keys(reply).every((key) => plainReplyKeys.includes(key));
const plainReplyKeys = ["success", "reply", "metadata"];

/** The text of a reply that came in one piece. */
const textOf = (textField: string, reply: TaskReply<object>) =>
  String((reply as Readonly<Record<string, unknown>>)[textField]);
