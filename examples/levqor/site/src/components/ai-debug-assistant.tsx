import { useDebugAssistant } from "@levqor/react-hooks";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { AssistantResult } from "./assistant-result.js";
import { DebugForm } from "./debug-form.js";
import { LengthRemarks } from "./length-remarks.js";

/** Explains an integration error: causes, what to do, how to prevent it. */
export function AiDebugAssistant() {
  const { status, data, error, isLoading, degraded, start, stop, retry } = useDebugAssistant();
  return (
    <div className="columns columns-even">
      <DebugForm onSubmit={start} />
      <AssistantResult
        title="What happened"
        answer={data}
        isLoading={isLoading}
        hint={status === "idle" ? "Causes, a fix and prevention appear here." : undefined}
      >
        <AnswerState
          isLoading={isLoading}
          error={error}
          isStopped={status === "stopped"}
          loadingText="Looking into it …"
          onStop={stop}
          onRetry={retry}
        />
        {data === undefined ? null : (
          <div className="assistant-answer" aria-live="polite">
            <p className="debug-summary" dir="auto">
              {data.summary}
            </p>
            <Lines title="Probable causes" lines={data.probable_causes} />
            <Lines title="How to fix it" lines={data.steps_to_fix} ordered />
            <Lines title="So that it stays fixed" lines={data.prevention} />
            <LengthRemarks metadata={data.metadata} />
            <LocalAnswerBadge degraded={degraded} />
          </div>
        )}
      </AssistantResult>
    </div>
  );
}

function Lines(props: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly ordered?: boolean;
}) {
  const List = props.ordered ? "ol" : "ul";
  return (
    <div>
      <h3>{props.title}</h3>
      <List className="debug-lines">
        {props.lines.map((line) => (
          <li key={line} dir="auto">
            {line}
          </li>
        ))}
      </List>
    </div>
  );
}
