import type { ReactNode } from "react";

/** An answer, also while it grows: then it says that it is not finished. */
export function AssistantAnswer(props: {
  readonly isFinished: boolean;
  readonly isLoading: boolean;
  readonly children: ReactNode;
}) {
  const { isFinished, isLoading, children } = props;
  return (
    <div className="assistant-answer" aria-live="polite" data-finished={isFinished}>
      {children}
      {isFinished ? null : <p className="unfinished">{isLoading ? "More is coming …" : "Not finished"}</p>}
    </div>
  );
}
