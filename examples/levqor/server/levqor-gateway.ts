import { type AiGateway, chatTask, onboardingTask } from "@levqor/core";
import { type GatewayFromEnvOptions, gatewayFromEnv } from "@levqor/core/node";
import { knowledgeFrom } from "../facts/knowledge.js";
import { levqorFacts } from "../facts/levqor-facts.js";
import { onboardingStages } from "../facts/onboarding-stages.js";

/** What a user of each page mostly asks about. */
const pages = {
  pricing: "The user compares tiers. Name exact prices, monthly and yearly, and the free trial.",
  trial: "The user wants to know how the free trial works and when a charge is made.",
  dashboard:
    "The user is getting started: connecting tools, testing and running workflows, inviting the team.",
  workflows: "The user builds a workflow: triggers, conditions and actions.",
  debug: "The user has an integration error and wants it fixed.",
};

/**
 * Levqor's gateway: the four built-in tasks with Levqor's own knowledge, everything else from the `AI_…` variables.
 *
 * @throws `invalid_config` listing every variable that is wrong.
 */
export function createLevqorGateway(options: GatewayFromEnvOptions): Promise<AiGateway> {
  return gatewayFromEnv({
    ...options,
    tasks: [
      chatTask({ product: "Levqor", pages, knowledge: knowledgeFrom(levqorFacts) }),
      onboardingTask({ stages: onboardingStages }),
    ],
  });
}
