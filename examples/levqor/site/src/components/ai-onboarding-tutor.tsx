import type { BuiltInTasks } from "@levqor/core/client";
import { useOnboarding } from "@levqor/react-hooks";
import { useEffect, useId, useState } from "react";
import { onboardingStages } from "../../../facts/onboarding-stages.js";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { Checklist } from "./checklist.js";
import { ChoiceChips } from "./choice-chips.js";
import { SelectField } from "./select-field.js";

const stages = Object.entries(onboardingStages).map(([value, { title }]) => ({ value, label: title }));
const flags = [
  { value: "has_connected_tool", label: "I have connected a tool" },
  { value: "has_run_workflow", label: "I have run a workflow" },
];

/** Tells a new user what to do next, as a list to tick. `storageOwner` keeps one person's ticks from another's. */
export function AiOnboardingTutor({ storageOwner }: { readonly storageOwner: string }) {
  const { status, data, error, isLoading, degraded, start, stop, retry } = useOnboarding();
  const [stage, setStage] = useState<string>("first_login");
  const [done, setDone] = useState<readonly string[]>([]);
  const id = useId();
  useEffect(() => {
    start({ stage, context: Object.fromEntries(flags.map(({ value }) => [value, done.includes(value)])) });
  }, [start, stage, done]);

  return (
    <section className="card panel tutor" aria-labelledby={`${id}-title`} aria-busy={isLoading}>
      <header className="panel-header">
        <h2 id={`${id}-title`}>Getting started</h2>
      </header>
      <div className="form">
        <SelectField
          id={`${id}-stage`}
          label="Where are you?"
          options={stages}
          value={stage}
          onChange={setStage}
        />
        <ChoiceChips legend="Already done" options={flags} chosen={done} onChange={setDone} />
      </div>
      <AnswerState
        isLoading={isLoading}
        error={error}
        isStopped={status === "stopped"}
        loadingText="Preparing your list …"
        onStop={stop}
        onRetry={retry}
      />
      {data === undefined ? null : (
        <div className="assistant-answer" aria-live="polite">
          <Plan storageKey={`levqor.checklist.${storageOwner}.${stage}`} plan={data} />
          <LocalAnswerBadge degraded={degraded} />
        </div>
      )}
    </section>
  );
}

function Plan(props: { readonly storageKey: string; readonly plan: BuiltInTasks["onboarding"]["output"] }) {
  const { storageKey, plan } = props;
  return (
    <>
      <Checklist key={storageKey} storageKey={storageKey} items={plan.checklist} />
      <div className="tips">
        <h3>Tips</h3>
        <ul>
          {plan.tips.map((tip) => (
            <li key={tip} dir="auto">
              {tip}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
