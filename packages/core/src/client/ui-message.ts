import { createClientError } from "./client-error.js";
import { asRecord, type JsonRecord, parseRecord } from "./json-record.js";

/** One answer as it grows out of the parts of a UI message stream. */
export interface UiMessage {
  /** All text so far. */
  readonly text: string;
  /** The whole reply, once `finish` has come. */
  readonly reply: JsonRecord | undefined;
  /** The server's error, once it has sent one; empty when it said nothing about it. */
  readonly failure: JsonRecord | undefined;
  /** Takes in the data of one event; unknown types are skipped. @throws `malformed_reply` */
  read(data: string): void;
}

/** An answer with nothing in it yet. */
export function createUiMessage(): UiMessage {
  let text = "";
  let stepStart = 0;
  let metadata: JsonRecord = {};
  let output: JsonRecord | undefined;
  let reply: JsonRecord | undefined;
  let failure: JsonRecord | undefined;
  return {
    get text() {
      return text;
    },
    get reply() {
      return reply;
    },
    get failure() {
      return failure;
    },
    read(data) {
      const part = parseRecord(data);
      if (!part) throw createClientError({ code: "malformed_reply" });
      metadata = { ...metadata, ...asRecord(part["messageMetadata"]) };
      switch (part["type"]) {
        case "text-delta":
          text += part["delta"] ?? "";
          break;
        case "start-step":
          stepStart = text.length;
          break;
        case "reset-step":
          text = text.slice(0, stepStart);
          break;
        case "data-output":
          output = asRecord(part["data"]);
          break;
        case "data-error":
          failure = { ...failure, ...asRecord(part["data"]) };
          break;
        case "error":
          failure = { error: part["errorText"], ...failure };
          break;
        case "abort":
          failure ??= { code: "aborted" };
          break;
        case "finish":
          // Some servers send `finish` after an error too; the error stays the outcome.
          if (!failure) reply = { success: true, reply: text, metadata, ...output };
          break;
      }
    },
  };
}
