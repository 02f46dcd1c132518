import { useWorkflowBuilder } from "@levqor/react-hooks";
import { type FormEvent, useId, useState } from "react";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { ChoiceChips } from "./choice-chips.js";
import { connectableTools } from "./connectable-tools.js";
import { MarkdownText } from "./markdown-text.js";
import { serviceName } from "./service-name.js";
import { TextField } from "./text-field.js";
import { useFocusOnAnswer } from "./use-focus-on-answer.js";
import { WorkflowFlow } from "./workflow-flow.js";

const example = "When a new lead fills a form, add a row to a Google Sheet";
const levels = [
  { value: "beginner", label: "Explain more" },
  { value: "advanced", label: "Keep it short" },
] as const;
type Level = (typeof levels)[number]["value"];

/** Turns a sentence into the steps of a workflow. */
export function NaturalLanguageWorkflowBuilder() {
  const { data, error, isLoading, degraded, start, stop, retry } = useWorkflowBuilder();
  const [description, setDescription] = useState("");
  const [tools, setTools] = useState<readonly string[]>([]);
  const [level, setLevel] = useState<Level>("beginner");
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const heading = useFocusOnAnswer(data);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const isEmpty = description.trim() === "";
    setProblem(isEmpty ? "Describe what should happen." : undefined);
    if (isEmpty) return document.getElementById(`${id}-description`)?.focus();
    start({ description, context: { experience_level: level, tools } });
  };

  return (
    <div className="columns columns-even">
      <form className="card assistant-form form" onSubmit={onSubmit} noValidate>
        <TextField
          id={`${id}-description`}
          label="What should happen?"
          rows={4}
          value={description}
          onChange={setDescription}
          problem={problem}
          placeholder={example}
        />
        <p>
          <button type="button" className="button button-small" onClick={() => setDescription(example)}>
            Use the example
          </button>
        </p>
        <ChoiceChips
          legend="Tools you have connected"
          options={connectableTools.map((tool) => ({ value: tool, label: serviceName(tool) }))}
          chosen={tools}
          onChange={setTools}
        />
        <fieldset className="field">
          <legend className="legend">Explanation</legend>
          <div className="segmented">
            {levels.map(({ value, label }) => (
              <label key={value}>
                <input
                  type="radio"
                  name={`${id}-level`}
                  value={value}
                  checked={level === value}
                  onChange={() => setLevel(value)}
                />
                <span className="segmented-face">{label}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div className="button-row">
          <button type="submit" className="button button-primary">
            Build the workflow
          </button>
        </div>
      </form>
      <section className="card assistant-result" aria-labelledby={`${id}-result`} aria-busy={isLoading}>
        <h2 id={`${id}-result`} ref={heading} tabIndex={-1}>
          Your workflow
        </h2>
        <AnswerState
          isLoading={isLoading}
          error={error}
          loadingText="Building the workflow …"
          onStop={stop}
          onRetry={retry}
        />
        {data === undefined ? (
          isLoading || error !== undefined ? null : (
            <p className="muted">The steps appear here: one trigger, then conditions and actions.</p>
          )
        ) : (
          <div className="assistant-answer" aria-live="polite">
            <WorkflowFlow steps={data.workflow.steps} label="Workflow steps" />
            <MarkdownText source={data.explanation} />
            <LocalAnswerBadge degraded={degraded} />
          </div>
        )}
      </section>
    </div>
  );
}
