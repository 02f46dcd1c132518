import type { ReplyMetadata } from "../pipeline/task-call.js";
import type { ChatContext, ChatInput, ChatOutput } from "../tasks/chat/chat-schema.js";
import type { ClientError } from "./client-error.js";
import type { TaskClient } from "./create-ai-client.js";
import { createTaskRun, type TaskRunState } from "./create-task-run.js";
import { createStore, type Observable } from "./store.js";

/** How many earlier messages go along with a new one. */
const mostEarlierMessages = 20;

/** One message of a conversation. Immutable: a growing answer is a new object each time, under the same `id`. */
export interface ChatThreadMessage {
  /** Unique within the thread. */
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly text: string;
  /** `stopped` and `error`: an answer that ended early, with the text that had come. */
  readonly status: "complete" | "streaming" | "stopped" | "error";
  /** What the reply says about itself; of complete answers only. */
  readonly metadata?: ReplyMetadata | undefined;
}

/** A conversation as a page shows it. */
export interface ChatThreadState {
  /** Oldest first. */
  readonly messages: readonly ChatThreadMessage[];
  /** `submitted`: sent, and no text has come yet. */
  readonly status: "ready" | "submitted" | "streaming" | "error";
  /** Why the last answer failed, while `status` is `error`. */
  readonly error: ClientError | undefined;
}

/** A conversation with the `chat` task, one answer at a time. Nothing in it throws or rejects. */
export interface ChatThread extends Observable<ChatThreadState> {
  /** Asks; an answer that still streams is stopped first. Blank text is ignored. */
  send(text: string): void;
  /** Ends the answer and keeps what it has said. */
  stop(): void;
  /** Asks the last question again, in place of its answer. */
  retry(): void;
  /** Stops and forgets the conversation. */
  reset(): void;
  /** Where the user is, for the questions from now on. */
  setContext(context: ChatContext | undefined): void;
}

/** Starts an empty conversation. */
export function createChatThread(
  client: TaskClient,
  { context }: { readonly context?: ChatContext | undefined } = {},
): ChatThread {
  const { setState, ...store } = createStore<ChatThreadState>({
    messages: [],
    status: "ready",
    error: undefined,
  });
  const run = createTaskRun(client, "chat");
  let lastId = 0;
  /** Everything up to the question that is being answered. */
  let asked: readonly ChatThreadMessage[] = [];
  let answerId = "";

  const nextId = () => `message-${++lastId}`;
  run.subscribe(() => setState(threadState(run.getState(), asked, answerId)));

  /** Asks the last of `messages`, which is the user's. */
  const ask = (messages: readonly ChatThreadMessage[], question: string) => {
    asked = messages;
    answerId = nextId();
    run.start(chatInput(question, messages.slice(0, -1), context));
  };

  return {
    ...store,
    send(text) {
      const question = text.trim();
      if (question === "") return;
      run.stop();
      const message = { id: nextId(), role: "user", text: question, status: "complete" } as const;
      ask([...store.getState().messages, message], question);
    },
    stop: run.stop,
    retry() {
      const { messages } = store.getState();
      const at = messages.findLastIndex((message) => message.role === "user");
      const question = messages[at];
      if (question) ask(messages.slice(0, at + 1), question.text);
    },
    reset: run.reset,
    setContext(next) {
      context = next;
    },
  };
}

function threadState(
  state: TaskRunState<ChatInput, ChatOutput>,
  asked: readonly ChatThreadMessage[],
  id: string,
): ChatThreadState {
  const withAnswer = (text: string, status: ChatThreadMessage["status"], metadata?: ReplyMetadata) =>
    text === "" ? asked : [...asked, { id, role: "assistant" as const, text, status, metadata }];
  const error = undefined;
  switch (state.status) {
    case "idle":
      return { messages: [], status: "ready", error };
    case "loading": {
      const status = state.partialText === "" ? "submitted" : "streaming";
      return { messages: withAnswer(state.partialText, "streaming"), status, error };
    }
    case "success": {
      const { reply, metadata } = state.reply;
      return { messages: withAnswer(reply, "complete", metadata), status: "ready", error };
    }
    case "stopped":
      return { messages: withAnswer(state.partialText, "stopped"), status: "ready", error };
    case "error":
      return { messages: withAnswer(state.partialText, "error"), status: "error", error: state.error };
  }
}

function chatInput(
  message: string,
  earlier: readonly ChatThreadMessage[],
  context: ChatContext | undefined,
): ChatInput {
  const messages = earlier
    .filter(({ status }) => status !== "error")
    .slice(-mostEarlierMessages)
    .map(({ role, text }) => ({ role, content: text }));
  return { message, context, ...(messages.length > 0 && { messages }) };
}
