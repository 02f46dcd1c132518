import type { BuiltInTasks } from "@levqor/core/client";
import { type FormEvent, useId, useState } from "react";
import { ChoiceChips } from "./choice-chips.js";
import { connectableTools } from "./connectable-tools.js";
import { SegmentedChoice } from "./segmented-choice.js";
import { serviceName } from "./service-name.js";
import { TextField } from "./text-field.js";

const example = "When a new lead fills a form, add a row to a Google Sheet";
const toolOptions = connectableTools.map((tool) => ({ value: tool, label: serviceName(tool) }));
const levels = [
  { value: "beginner", label: "Explain more" },
  { value: "advanced", label: "Keep it short" },
] as const;

/** Asks what a workflow should do, with which tools. */
export function WorkflowForm(props: {
  /** What stands in it at first. */
  readonly description: string;
  readonly onSubmit: (input: BuiltInTasks["workflow"]["input"]) => void;
}) {
  const [description, setDescription] = useState(props.description);
  const [tools, setTools] = useState<readonly string[]>([]);
  const [level, setLevel] = useState<(typeof levels)[number]["value"]>("beginner");
  const [problem, setProblem] = useState<string>();
  const id = useId();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isEmpty = description.trim() === "";
    setProblem(isEmpty ? "Describe what should happen." : undefined);
    if (isEmpty) document.getElementById(id)?.focus();
    else props.onSubmit({ description, context: { experience_level: level, tools } });
  };

  return (
    <form className="card assistant-form form" onSubmit={submit} noValidate>
      <TextField
        id={id}
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
        options={toolOptions}
        chosen={tools}
        onChange={setTools}
      />
      <fieldset className="field">
        <legend className="legend">Explanation</legend>
        <SegmentedChoice options={levels} chosen={level} onChange={setLevel} />
      </fieldset>
      <div className="button-row">
        <button type="submit" className="button button-primary">
          Build the workflow
        </button>
      </div>
    </form>
  );
}
