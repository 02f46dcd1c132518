import { mostItems } from "./check-stages.js";
import type { OnboardingContext, OnboardingInput, OnboardingOutput } from "./onboarding-schema.js";
import type { ChecklistItem, OnboardingStages } from "./onboarding-stage.js";
import { openItems, openRequirements } from "./open-items.js";

/**
 * The checklist of a stage without what is done. What is open in the stages that it requires stands first, under their
 * names; when nothing is left, it says what comes next.
 */
export function onboardingAnswer(
  stages: OnboardingStages,
  { stage, context = {} }: OnboardingInput,
): OnboardingOutput {
  const tips = stages[stage]?.tips ?? [];
  const blocking = withoutRepeats(openRequirements(stages, stage, context));
  const first = blocking.flatMap(({ name, items }) =>
    items.map(({ text }) => `${titleOf(stages, name)}: ${text}`),
  );
  const own = newItems(
    openItems(stages, stage, context),
    blocking.flatMap(({ items }) => items),
  );
  const checklist = [...first, ...own.map(({ text }) => text)];
  if (checklist.length === 0) return { checklist: whatIsNext(stages, stage, context), tips: [...tips] };
  const titles = blocking.map(({ name }) => titleOf(stages, name));
  const reasons = titles.length === 0 ? [] : [reason(titleOf(stages, stage), titles)];
  return { checklist: checklist.slice(0, mostItems), tips: [...reasons, ...tips].slice(0, mostItems) };
}

const titleOf = (stages: OnboardingStages, name: string) => stages[name]?.title ?? name;

interface OpenStage {
  readonly name: string;
  readonly items: readonly ChecklistItem[];
}

/** Leaves out what an earlier stage asks for already; stages without anything left go too. */
function withoutRepeats(open: readonly OpenStage[]): OpenStage[] {
  const asked: ChecklistItem[] = [];
  const kept: OpenStage[] = [];
  for (const { name, items } of open) {
    const fresh = newItems(items, asked);
    asked.push(...fresh);
    if (fresh.length > 0) kept.push({ name, items: fresh });
  }
  return kept;
}

/** The items that are not among those asked for: neither their words nor what they are done by. */
const newItems = (items: readonly ChecklistItem[], asked: readonly ChecklistItem[]): ChecklistItem[] =>
  items.filter(
    ({ text, doneWhen }) =>
      !asked.some((other) => other.text === text || (doneWhen !== undefined && other.doneWhen === doneWhen)),
  );

const reason = (title: string, required: readonly string[]) =>
  `“${title}” builds on ${listOf(required.map((name) => `“${name}”`))}: what is open there comes first.`;

const listOf = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** The next stage that can be begun: a later one with something to do, or what that one waits for. */
function whatIsNext(stages: OnboardingStages, stage: string, context: OnboardingContext): string[] {
  const names = Object.keys(stages);
  const later = names
    .slice(names.indexOf(stage) + 1)
    .find((name) => openItems(stages, name, context).length > 0);
  if (later === undefined) {
    return [`Everything in “${titleOf(stages, stage)}” is done: open your workflows and build the next one`];
  }
  const next = openRequirements(stages, later, context)[0]?.name ?? later;
  return [
    `This stage is done. Next: ${titleOf(stages, next)}`,
    ...openItems(stages, next, context).map(({ text }) => text),
  ].slice(0, mostItems);
}
