import { type FormEvent, type KeyboardEvent, type RefObject, useId, useState } from "react";

/** Where a question is written. Enter asks, Shift+Enter begins a new line. */
export function QuestionForm(props: {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly onAsk: (question: string) => void;
}) {
  const [draft, setDraft] = useState("");
  const id = useId();
  const ask = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (draft.trim() === "") return;
    props.onAsk(draft);
    setDraft("");
    props.input.current?.focus();
  };
  return (
    <form className="panel-form" onSubmit={ask}>
      <label className="visually-hidden" htmlFor={id}>
        Your question
      </label>
      <textarea
        ref={props.input}
        id={id}
        className="input"
        dir="auto"
        rows={2}
        maxLength={5000}
        placeholder="Ask a question"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          // While an input method composes a character, Enter belongs to it.
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) ask(event);
        }}
      />
      <button type="submit" className="button button-primary">
        Ask
      </button>
    </form>
  );
}
