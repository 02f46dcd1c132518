import { useDebugAssistant } from "@levqor/react-hooks";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { AssistantAnswer } from "./assistant-answer.js";
import { AssistantResult } from "./assistant-result.js";
import { DebugForm } from "./debug-form.js";
import { LengthRemarks } from "./length-remarks.js";

/** Explains an integration error: causes, what to do, how to prevent it. */
export function AiDebugAssistant() {
  const { status, data, partial, error, isLoading, degraded, start, stop, retry } = useDebugAssistant();
  const answer = data ?? partial;
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
          isDone={data !== undefined}
          loadingText="Looking into it …"
          onStop={stop}
          onRetry={retry}
        />
        {answer === undefined ? null : (
          <AssistantAnswer isFinished={data !== undefined} isLoading={isLoading}>
            {answer.summary === undefined ? null : (
              <p className="debug-summary" dir="auto">
                {answer.summary}
              </p>
            )}
            <Lines title="Probable causes" lines={answer.probable_causes} />
            <Lines title="How to fix it" lines={answer.steps_to_fix} ordered />
            <Lines title="So that it stays fixed" lines={answer.prevention} />
            <LengthRemarks metadata={data?.metadata} />
            <LocalAnswerBadge degraded={degraded} />
          </AssistantAnswer>
        )}
      </AssistantResult>
    </div>
  );
}

function Lines(props: {
  readonly title: string;
  /** Absent or empty until the model has written one. */
  readonly lines: readonly string[] | undefined;
  readonly ordered?: boolean;
}) {
  if (props.lines === undefined || props.lines.length === 0) return null;
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
