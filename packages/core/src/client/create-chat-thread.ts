import type { ReplyMetadata } from "../pipeline/task-call.js";
import type { ChatContext, ChatInput, ChatOutput } from "../tasks/chat/chat-schema.js";
import type { ClientError } from "./client-error.js";
import type { TaskClient } from "./create-ai-client.js";
import type { TaskRunState } from "./create-task-run.js";
import type { RunStorage } from "./kept-record.js";
import { keptThread } from "./kept-thread.js";
import { randomId } from "./random-id.js";
import { createStore, type Observable } from "./store.js";
import { createStreamRun } from "./stream-run.js";

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
  /**
   * For when the page is there (again): takes up what `storage` kept or what {@link ChatThread.leave | leave} left
   * running; does nothing without storage. An answer whose stream is gone fails with `stream_gone`, and its question
   * stays.
   */
  resume(): void;
  /** For when the page goes: lets the answer go on at the server, for {@link ChatThread.resume | resume}; without storage, `stop`. */
  leave(): void;
  /** Where the user is, for the questions from now on. */
  setContext(context: ChatContext | undefined): void;
}

/** Options of {@link createChatThread}. */
export interface ChatThreadOptions {
  /** Where the user is. @default none */
  readonly context?: ChatContext | undefined;
  /** Where to keep what a reload of the page must not lose: the latest 40 messages. @default nothing is kept */
  readonly storage?: RunStorage | undefined;
}

const emptyThread: ChatThreadState = { messages: [], status: "ready", error: undefined };

/** Starts an empty conversation; `resume` fills it with what `storage` has kept. */
export function createChatThread(client: TaskClient, options: ChatThreadOptions = {}): ChatThread {
  const { setState, ...store } = createStore(emptyThread);
  let conversation = randomId(); // as the server knows it
  const run = createStreamRun(client, "chat", () => conversation);
  const kept = options.storage && keptThread(options.storage);
  let { context } = options;
  const nextId = createMessageIds();
  let asked: readonly ChatThreadMessage[] = []; // up to the question that is being answered
  let answerId = "";

  run.subscribe(() => {
    const state = threadState(run.getState() as TaskRunState<ChatInput, ChatOutput>, asked, answerId);
    kept?.keep(state, { asked, stream: run.streamId(), conversation });
    setState(state);
  });

  /** Asks the last of `messages`, which is the user's, or goes on reading the answer in that stream. */
  const ask = (messages: readonly ChatThreadMessage[], stream?: string) => {
    asked = messages;
    answerId = nextId();
    const input = chatInput(messages, context);
    if (stream === undefined) run.start(input);
    else run.follow(input, stream);
  };

  return {
    ...store,
    send(text) {
      const question = text.trim();
      if (question === "") return;
      run.stop();
      ask([...store.getState().messages, { id: nextId(), role: "user", text: question, status: "complete" }]);
    },
    stop: run.stop,
    retry() {
      const again = upToLastQuestion(store.getState().messages);
      if (again.length > 0) ask(again);
    },
    reset() {
      run.reset();
      kept?.forget();
      conversation = randomId();
      if (store.getState().messages.length > 0) setState(emptyThread);
    },
    setContext(next) {
      context = next;
    },
    resume() {
      run.rejoin();
      const found = store.getState() === emptyThread ? kept?.read() : undefined;
      if (!found) return;
      conversation = found.conversation ?? conversation;
      // Numbered anew, so that later messages get numbers of their own.
      const messages = found.messages.map((message) => ({ ...message, id: nextId() }));
      if (found.stream === undefined) setState({ ...emptyThread, messages });
      else ask(messages, found.stream);
    },
    leave: kept ? run.leave : run.stop,
  };
}

function createMessageIds(): () => string {
  let last = 0;
  return () => `message-${++last}`;
}

const upToLastQuestion = (messages: readonly ChatThreadMessage[]) =>
  messages.slice(0, messages.findLastIndex(({ role }) => role === "user") + 1);

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

function chatInput(asked: readonly ChatThreadMessage[], context: ChatContext | undefined): ChatInput {
  const message = asked.at(-1)?.text ?? "";
  const messages = asked
    .slice(0, -1)
    .filter(({ status }) => status !== "error")
    .slice(-mostEarlierMessages)
    .map(({ role, text }) => ({ role, content: text }));
  return { message, context, ...(messages.length > 0 && { messages }) };
}
