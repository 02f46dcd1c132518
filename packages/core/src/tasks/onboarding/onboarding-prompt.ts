import type { Prompt } from "../../provider/provider.js";
import { onboardingAnswer } from "./onboarding-answer.js";
import type { OnboardingInput } from "./onboarding-schema.js";
import type { OnboardingStages } from "./onboarding-stage.js";

/** What a model is asked: to word the open items for this user, not to invent others. */
export function onboardingPrompt(stages: OnboardingStages, input: OnboardingInput): Prompt {
  const { checklist, tips } = onboardingAnswer(stages, input);
  const done = Object.entries(input.context ?? {}).flatMap(([flag, value]) => (value === true ? [flag] : []));
  const system = [
    "Guide a new user of a workflow product. Word the open items as a short, friendly checklist, in the same order,",
    "one sentence each, and give two or three tips. Add no item and ask for nothing that is done.",
  ];
  const facts = [
    `Stage: ${stages[input.stage]?.title ?? input.stage}`,
    `Done: ${done.length === 0 ? "nothing yet" : done.join(", ")}`,
    `Open items:\n${checklist.map((item) => `- ${item}`).join("\n")}`,
    `Tips to choose from:\n${tips.map((tip) => `- ${tip}`).join("\n")}`,
  ];
  return { system: system.join(" "), messages: [{ role: "user", content: facts.join("\n") }] };
}
