import { useRecommendations } from "@levqor/react-hooks";
import { useEffect, useId, useRef } from "react";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { ItemLink } from "./item-link.js";

const limit = 3;

/** Suggests what to open next, each with its reason: for the user who is signed in, or for any visitor. */
export function AiRecommendations() {
  const { status, data, error, isLoading, degraded, start, stop, retry } = useRecommendations();
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => start({ limit }), [start]);
  // The button that was pressed goes away; the focus stays in this part of the page.
  const retryFromTitle = () => {
    retry();
    title.current?.focus();
  };

  return (
    <section className="card panel" aria-labelledby={titleId} aria-busy={isLoading}>
      <header className="panel-header">
        <h2 id={titleId} ref={title} tabIndex={-1}>
          Suggested next
        </h2>
      </header>
      <AnswerState
        isLoading={isLoading}
        error={error}
        isStopped={status === "stopped"}
        loadingText="Looking for suggestions …"
        onStop={stop}
        onRetry={retryFromTitle}
      />
      {data === undefined ? null : (
        <div className="assistant-answer">
          {data.recommendations.length === 0 ? (
            <p className="muted">You have seen everything there is. New templates appear here.</p>
          ) : (
            <ul className="recommendations">
              {data.recommendations.map(({ id, title, url, reason }) => (
                <li key={id}>
                  <h3>
                    <ItemLink title={title} url={url} />
                  </h3>
                  <p dir="auto">{reason}</p>
                </li>
              ))}
            </ul>
          )}
          <LocalAnswerBadge degraded={degraded} />
        </div>
      )}
    </section>
  );
}
