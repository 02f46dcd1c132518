import { useId, useRef } from "react";
import { AnswerState } from "./answer-state.js";
import { ChatLog } from "./chat-log.js";
import { useHelpChat } from "./help-chat.js";
import { QuestionForm } from "./question-form.js";

/** What {@link AiHelpPanel} takes. */
interface AiHelpPanelProps {
  readonly title: string;
  /** Questions to begin with. */
  readonly suggestions: readonly string[];
}

/** A chat about the product. Answers appear as they are written. The focus always comes back to the question. */
export function AiHelpPanel({ title, suggestions }: AiHelpPanelProps) {
  const { messages, isLoading, error, send, stop, retry, reset } = useHelpChat();
  const titleId = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const thenFocus = (action: () => void) => () => {
    action();
    input.current?.focus();
  };
  const isEmpty = messages.length === 0;
  // An answer that was stopped after its first word says so itself.
  const isUnanswered = !isLoading && error === undefined && messages.at(-1)?.role === "user";

  return (
    <section className="card panel" aria-labelledby={titleId}>
      <header className="panel-header">
        <h2 id={titleId}>{title}</h2>
        {isEmpty ? null : (
          <button type="button" className="button button-quiet button-small" onClick={thenFocus(reset)}>
            New chat
          </button>
        )}
      </header>
      {isEmpty ? (
        <div className="panel-start">
          <p className="muted">Ask anything about Levqor, or start with one of these:</p>
          <div className="chips">
            {suggestions.map((question) => (
              <button
                key={question}
                type="button"
                className="button button-small"
                onClick={thenFocus(() => send(question))}
              >
                {question}
              </button>
            ))}
          </div>
        </div>
      ) : (
        <ChatLog messages={messages} isBusy={isLoading} />
      )}
      <AnswerState
        isLoading={isLoading}
        error={error}
        isStopped={isUnanswered}
        loadingText="Levqor is answering …"
        onStop={thenFocus(stop)}
        onRetry={thenFocus(retry)}
      />
      <QuestionForm input={input} onAsk={send} />
    </section>
  );
}
