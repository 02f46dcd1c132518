import { type ReactNode, useId } from "react";
import { useFocusOnAnswer } from "./use-focus-on-answer.js";

/** The side of an assistant where its answer appears; the focus goes there with it. */
export function AssistantResult(props: {
  readonly title: string;
  readonly answer: unknown;
  readonly isLoading: boolean;
  /** Shown while there is nothing else. */
  readonly hint: string | undefined;
  readonly children: ReactNode;
}) {
  const { title, answer, isLoading, hint, children } = props;
  const id = useId();
  const heading = useFocusOnAnswer(answer);
  return (
    <section className="card assistant-result" aria-labelledby={id} aria-busy={isLoading}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {answer === undefined && !isLoading && hint !== undefined ? <p className="muted">{hint}</p> : null}
      {children}
    </section>
  );
}
