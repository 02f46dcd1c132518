import { useAiChat } from "@levqor/react-hooks";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { AnswerState } from "./answer-state.js";
import { ChatMessage } from "./chat-message.js";

/** What {@link AiHelpPanel} takes. */
export interface AiHelpPanelProps {
  /** Where the user is; the gateway answers for this page. */
  readonly page: string;
  readonly title: string;
  /** Questions to begin with. */
  readonly suggestions: readonly string[];
}

/** A chat about the product. Answers appear as they are written. */
export function AiHelpPanel({ page, title, suggestions }: AiHelpPanelProps) {
  const { messages, isLoading, error, send, stop, retry, reset } = useAiChat({ context: { page } });
  const [draft, setDraft] = useState("");
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1);

  useEffect(() => {
    if (newest !== undefined) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [newest]);

  const ask = (question: string) => {
    if (question.trim() === "") return;
    send(question);
    setDraft("");
    input.current?.focus();
  };
  const backToInput = (action: () => void) => () => {
    action();
    input.current?.focus();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    ask(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask(draft);
  };

  return (
    <section className="card panel" aria-labelledby={`${id}-title`}>
      <header className="panel-header">
        <h2 id={`${id}-title`}>{title}</h2>
        {messages.length === 0 ? null : (
          <button type="button" className="button button-quiet button-small" onClick={backToInput(reset)}>
            New chat
          </button>
        )}
      </header>
      {messages.length === 0 ? (
        <div className="panel-start">
          <p className="muted">Ask anything about Levqor, or start with one of these:</p>
          <div className="chips">
            {suggestions.map((question) => (
              <button
                key={question}
                type="button"
                className="button button-small"
                onClick={() => ask(question)}
              >
                {question}
              </button>
            ))}
          </div>
        </div>
      ) : null}
      <div
        ref={log}
        className="messages"
        role="log"
        aria-label="Conversation"
        aria-live="polite"
        aria-busy={isLoading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        hidden={messages.length === 0}
      >
        {messages.map((message) => (
          <ChatMessage key={message.id} message={message} />
        ))}
      </div>
      <AnswerState
        isLoading={isLoading}
        error={error}
        loadingText="Levqor is answering …"
        onStop={backToInput(stop)}
        onRetry={backToInput(retry)}
      />
      <form className="panel-form" onSubmit={onSubmit}>
        <label className="visually-hidden" htmlFor={`${id}-question`}>
          Your question
        </label>
        <textarea
          ref={input}
          id={`${id}-question`}
          className="input"
          rows={2}
          maxLength={5000}
          placeholder="Ask a question"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="button button-primary">
          Ask
        </button>
      </form>
    </section>
  );
}
