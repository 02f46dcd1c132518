import type { OnboardingInput, OnboardingOutput } from "./onboarding-schema.js";
import type { OnboardingStage, OnboardingStages } from "./onboarding-stage.js";

/** The checklist of a stage without what is done; when all is done, what comes next. */
export function onboardingAnswer(
  stages: OnboardingStages,
  { stage, context = {} }: OnboardingInput,
): OnboardingOutput {
  const names = Object.keys(stages);
  const position = Math.max(0, names.indexOf(stage));
  const openItems = (name: string) =>
    (stages[name]?.checklist ?? []).filter(
      ({ doneWhen }) => doneWhen === undefined || context[doneWhen] !== true,
    );
  const tips = stages[stage]?.tips ?? [];
  const own = openItems(stage).map(({ text }) => text);
  if (own.length > 0) return { checklist: own, tips: [...tips] };
  const next = names.slice(position + 1).find((name) => openItems(name).length > 0);
  const checklist = next === undefined ? [finished(stages[stage])] : nextStage(stages[next], openItems(next));
  return { checklist, tips: [...tips] };
}

const finished = (stage: OnboardingStage | undefined) =>
  `Everything in “${stage?.title ?? "this stage"}” is done: open your workflows and build the next one`;

const nextStage = (stage: OnboardingStage | undefined, open: OnboardingStage["checklist"]) => [
  `This stage is done. Next: ${stage?.title ?? "the next stage"}`,
  ...open.map(({ text }) => text),
];
