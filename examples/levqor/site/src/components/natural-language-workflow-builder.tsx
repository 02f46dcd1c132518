import { useWorkflowBuilder } from "@levqor/react-hooks";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { AssistantAnswer } from "./assistant-answer.js";
import { AssistantResult } from "./assistant-result.js";
import { LengthRemarks } from "./length-remarks.js";
import { MarkdownText } from "./markdown-text.js";
import { WorkflowFlow } from "./workflow-flow.js";
import { WorkflowForm } from "./workflow-form.js";

/** Turns a sentence into the steps of a workflow. `description` is the sentence to begin with. */
export function NaturalLanguageWorkflowBuilder({ description }: { readonly description: string }) {
  const { status, data, partial, error, isLoading, degraded, start, stop, retry } = useWorkflowBuilder();
  const answer = data ?? partial;
  const hint = "The steps appear here: one trigger, then conditions and actions.";
  return (
    <div className="columns columns-even">
      <WorkflowForm description={description} onSubmit={start} />
      <AssistantResult
        title="Your workflow"
        answer={data}
        isLoading={isLoading}
        hint={status === "idle" ? hint : undefined}
      >
        <AnswerState
          isLoading={isLoading}
          error={error}
          isStopped={status === "stopped"}
          isDone={data !== undefined}
          loadingText="Building the workflow …"
          onStop={stop}
          onRetry={retry}
        />
        {answer === undefined ? null : (
          <AssistantAnswer isFinished={data !== undefined} isLoading={isLoading}>
            <WorkflowFlow steps={answer.workflow?.steps ?? []} label="Workflow steps" />
            {/* Of steps that are not all there yet it would say too much. */}
            {data === undefined ? null : <MarkdownText source={data.explanation} />}
            <LengthRemarks metadata={data?.metadata} />
            <LocalAnswerBadge degraded={degraded} />
          </AssistantAnswer>
        )}
      </AssistantResult>
    </div>
  );
}
