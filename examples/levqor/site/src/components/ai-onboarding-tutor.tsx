import { useOnboarding } from "@levqor/react-hooks";
import { useEffect, useId, useState } from "react";
import { onboardingStages } from "../../../facts/onboarding-stages.js";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { Checklist } from "./checklist.js";
import { ChoiceChips } from "./choice-chips.js";

const flags = [
  { value: "has_connected_tool", label: "I have connected a tool" },
  { value: "has_run_workflow", label: "I have run a workflow" },
];

/** Tells a new user what to do next, as a list to tick. `storageOwner` keeps one person's ticks from another's. */
export function AiOnboardingTutor({ storageOwner }: { readonly storageOwner: string }) {
  const { data, error, isLoading, degraded, start, stop, retry } = useOnboarding();
  const [stage, setStage] = useState<string>("first_login");
  const [done, setDone] = useState<readonly string[]>([]);
  const id = useId();

  useEffect(() => {
    start({
      stage,
      context: {
        has_connected_tool: done.includes("has_connected_tool"),
        has_run_workflow: done.includes("has_run_workflow"),
      },
    });
  }, [start, stage, done]);

  return (
    <section className="card panel tutor" aria-labelledby={`${id}-title`} aria-busy={isLoading}>
      <header className="panel-header">
        <h2 id={`${id}-title`}>Getting started</h2>
      </header>
      <div className="form">
        <div className="field">
          <label htmlFor={`${id}-stage`}>Where are you?</label>
          <select
            id={`${id}-stage`}
            className="input"
            value={stage}
            onChange={(event) => setStage(event.target.value)}
          >
            {Object.entries(onboardingStages).map(([name, { title }]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <ChoiceChips legend="Already done" options={flags} chosen={done} onChange={setDone} />
      </div>
      <AnswerState
        isLoading={isLoading}
        error={error}
        loadingText="Preparing your list …"
        onStop={stop}
        onRetry={retry}
      />
      {data === undefined ? null : (
        <div className="assistant-answer" aria-live="polite">
          <Checklist
            key={`${storageOwner} ${stage}`}
            storageKey={`levqor.checklist.${storageOwner}.${stage}`}
            items={data.checklist}
          />
          <div className="tips">
            <h3>Tips</h3>
            <ul>
              {data.tips.map((tip) => (
                <li key={tip}>{tip}</li>
              ))}
            </ul>
          </div>
          <LocalAnswerBadge degraded={degraded} />
        </div>
      )}
    </section>
  );
}
