import { useWorkflowBuilder } from "@levqor/react-hooks";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { AssistantResult } from "./assistant-result.js";
import { LengthRemarks } from "./length-remarks.js";
import { MarkdownText } from "./markdown-text.js";
import { WorkflowFlow } from "./workflow-flow.js";
import { WorkflowForm } from "./workflow-form.js";

/** Turns a sentence into the steps of a workflow. `description` is the sentence to begin with. */
export function NaturalLanguageWorkflowBuilder({ description }: { readonly description: string }) {
  const { status, data, error, isLoading, degraded, start, stop, retry } = useWorkflowBuilder();
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
          loadingText="Building the workflow …"
          onStop={stop}
          onRetry={retry}
        />
        {data === undefined ? null : (
          <div className="assistant-answer" aria-live="polite">
            <WorkflowFlow steps={data.workflow.steps} label="Workflow steps" />
            <MarkdownText source={data.explanation} />
            <LengthRemarks metadata={data.metadata} />
            <LocalAnswerBadge degraded={degraded} />
          </div>
        )}
      </AssistantResult>
    </div>
  );
}
