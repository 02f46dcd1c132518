import { createClientError } from "./client-error.js";
import { asRecord, type JsonRecord, parseRecord } from "./json-record.js";
import type { StreamEvent } from "./stream-event.js";

/** An event about a tool call. */
export type ToolCallEvent = Extract<StreamEvent<object>, { readonly type: `tool-call-${string}` }>;

/** One answer as it grows out of the parts of a UI message stream. */
export interface UiMessage {
  /** All text so far. */
  readonly text: string;
  /** How often the server began anew. */
  readonly resets: number;
  /** The output so far, of tasks that answer in JSON: a new object each time. */
  readonly partial: JsonRecord | undefined;
  /** The whole reply, once `finish` has come. */
  readonly reply: JsonRecord | undefined;
  /** The server's error, once it has sent one; empty when it said nothing about it. */
  readonly failure: JsonRecord | undefined;
  /** Takes in the data of one event; unknown types are skipped. @throws `malformed_reply` */
  read(data: string): ToolCallEvent | undefined;
}

/** An answer with nothing in it yet. */
export function createUiMessage(): UiMessage {
  const message = {
    text: "",
    resets: 0,
    partial: undefined as JsonRecord | undefined,
    reply: undefined as JsonRecord | undefined,
    failure: undefined as JsonRecord | undefined,
    read,
  };
  let stepStart = 0;
  let metadata: JsonRecord = {};
  let output: JsonRecord | undefined;

  function read(data: string): ToolCallEvent | undefined {
    const part = parseRecord(data);
    if (!part) throw createClientError({ code: "malformed_reply" });
    metadata = { ...metadata, ...asRecord(part["messageMetadata"]) };
    switch (part["type"]) {
      case "text-delta":
        message.text += part["delta"] ?? "";
        break;
      case "start-step":
        stepStart = message.text.length;
        break;
      case "reset-step":
        message.text = message.text.slice(0, stepStart);
        message.resets++;
        break;
      case "data-partial":
        message.partial = asRecord(part["data"]);
        break;
      case "data-output":
        output = asRecord(part["data"]);
        break;
      case "data-error":
        message.failure = { ...message.failure, ...cutWhenAborted(asRecord(part["data"])) };
        break;
      case "error":
        message.failure = { error: part["errorText"], ...message.failure };
        break;
      case "abort":
        message.failure ??= { code: "aborted" };
        break;
      case "finish":
        // Some servers send `finish` after an error too; the error stays the outcome.
        if (!message.failure)
          message.reply = { success: true, metadata, ...(output ?? { reply: message.text }) };
        break;
      default:
        return toolCallEvent(part);
    }
    return undefined;
  }
  return message;
}

/** A server may abort a call whose reader is gone. For the reader who comes back it was cut; nobody has stopped it. */
const cutWhenAborted = (failure: JsonRecord): JsonRecord =>
  failure["code"] === "aborted" ? { ...failure, code: "stream_cut", retryable: true } : failure;

function toolCallEvent(part: JsonRecord): ToolCallEvent | undefined {
  const id = String(part["toolCallId"]);
  const name = String(part["toolName"]);
  switch (part["type"]) {
    case "tool-input-start":
      return { type: "tool-call-start", id, name };
    case "tool-input-delta":
      return { type: "tool-call-delta", id, delta: String(part["inputTextDelta"]) };
    case "tool-input-available":
    case "tool-input-error":
      return { type: "tool-call-end", id, name, input: part["input"] };
  }
  return undefined;
}
