import type { ClientError } from "@levqor/core/client";
import { useEffect, useRef } from "react";
import { Icon } from "../layout/icon.js";

/** What {@link AnswerState} shows: the part of a hook's result that every assistant shares. */
export interface AnswerStateProps {
  readonly isLoading: boolean;
  readonly error: ClientError | undefined;
  /** The user stopped it, and it is not said elsewhere. */
  readonly isStopped: boolean;
  /** The answer is there. Said where it is said that it loads, so that nothing moves. @default it is not said */
  readonly isDone?: boolean;
  /** What is going on, while it loads. */
  readonly loadingText: string;
  readonly onStop: () => void;
  readonly onRetry: () => void;
}

/** Says that an answer is being made, with a way to stop it, or that it ended early, with a way to try again. */
export function AnswerState(props: AnswerStateProps) {
  const { isLoading, error, isStopped, loadingText, onStop, onRetry } = props;
  if (isLoading) {
    return (
      <div className="answer-state" role="status">
        <span className="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        <p>{loadingText}</p>
        <button type="button" className="button button-small" onClick={onStop}>
          Stop
        </button>
      </div>
    );
  }
  if (isStopped) return <Stopped onRetry={onRetry} />;
  if (props.isDone) {
    return (
      <div className="answer-state" role="status">
        <p>Done</p>
      </div>
    );
  }
  if (error === undefined) return null;
  return (
    <div className="answer-state answer-problem" role="alert">
      <p>{error.message}</p>
      {error.issues?.map(({ path, message }) => (
        <p key={`${path} ${message}`}>
          {path}: {message}
        </p>
      ))}
      {error.code === "invalid_input" ? null : (
        <button type="button" className="button button-small" onClick={onRetry}>
          Retry
        </button>
      )}
    </div>
  );
}

function Stopped({ onRetry }: Pick<AnswerStateProps, "onRetry">) {
  const retry = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The Stop button had the focus and is gone. Where the focus has found a place already, it stays there.
    if (document.activeElement === document.body) retry.current?.focus();
  }, []);
  return (
    <div className="answer-state" role="status">
      <p>Stopped</p>
      <button ref={retry} type="button" className="button button-small" onClick={onRetry}>
        Retry
      </button>
    </div>
  );
}

/** Says, without alarm, that no model answered. */
export function LocalAnswerBadge({ degraded }: { readonly degraded: string | undefined }) {
  if (degraded === undefined) return null;
  return (
    <p className="badge">
      <Icon name="spark" />
      Answered by the built-in engine
    </p>
  );
}
