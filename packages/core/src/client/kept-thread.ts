import type { ReplyMetadata } from "../pipeline/task-call.js";
import type { ChatThreadMessage, ChatThreadState } from "./create-chat-thread.js";
import { isRecord } from "./json-record.js";
import { keptRecord, type RunStorage } from "./kept-record.js";

/** How many messages of a conversation are kept. */
const mostKept = 40;

/** What is kept of a conversation. */
export interface KeptThread {
  /** The messages, and the stream of the answer to the last one if it has not come to its end. */
  read():
    | {
        readonly messages: readonly ChatThreadMessage[];
        readonly stream: string | undefined;
        readonly conversation: string | undefined;
      }
    | undefined;
  /** Keeps the state, if it is one to keep. `asked` are the messages up to the question that `stream` answers. */
  keep(
    state: ChatThreadState,
    thread: {
      readonly asked: readonly ChatThreadMessage[];
      readonly stream: string | undefined;
      readonly conversation: string;
    },
  ): void;
  forget(): void;
}

/** The conversation in that storage. What was kept in another shape is dropped as a whole. */
export function keptThread(storage: RunStorage): KeptThread {
  const kept = keptRecord(storage);
  /** The stream that the storage names. */
  let keptStream: string | undefined;
  const write = (messages: readonly ChatThreadMessage[], conversation: string, stream?: string) => {
    keptStream = stream;
    kept.write({ messages: messages.slice(-mostKept), stream, conversation });
  };
  return {
    read() {
      const { messages, stream, conversation } = kept.read() ?? {};
      const isRunning = typeof stream === "string";
      if (!Array.isArray(messages) || messages.length > mostKept || !messages.every(isMessage))
        return undefined;
      if (stream !== undefined && (!isRunning || messages.at(-1)?.role !== "user")) return undefined;
      if (conversation !== undefined && !isConversationName(conversation)) return undefined;
      keptStream = isRunning ? stream : undefined;
      return { messages, stream: keptStream, conversation };
    },
    keep({ messages, status }, { asked, stream, conversation }) {
      if (messages.length === 0) kept.forget();
      else if (status === "ready") write(messages, conversation);
      // Once for each question: what its answer says, and whether it broke, is read from the stream again.
      else if (stream !== keptStream) write(asked, conversation, stream);
    },
    forget: kept.forget,
  };
}

/** As `randomId` makes one: it goes into a header. */
const isConversationName = (value: unknown): value is string =>
  typeof value === "string" && /^[\da-f-]{32,36}$/.test(value);

function isMessage(value: unknown): value is ChatThreadMessage {
  if (!isRecord(value)) return false;
  const { id, role, text, status, metadata } = value;
  return (
    typeof id === "string" &&
    typeof text === "string" &&
    (role === "user" ? status === "complete" : role === "assistant" && keptStatuses.includes(status)) &&
    (metadata === undefined || isMetadata(metadata))
  );
}

/** An answer is kept once it has ended; one that failed is asked for again. */
const keptStatuses: readonly unknown[] = ["complete", "stopped", "error"];

function isMetadata(value: unknown): value is ReplyMetadata {
  if (!isRecord(value)) return false;
  const { request_id, source, degraded, truncated } = value;
  return (
    typeof request_id === "string" &&
    typeof source === "string" &&
    (degraded === undefined || typeof degraded === "string") &&
    (truncated === undefined ||
      (Array.isArray(truncated) && truncated.every((path) => typeof path === "string")))
  );
}
