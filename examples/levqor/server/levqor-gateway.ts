import {
  type AiGateway,
  type Caller,
  chatTask,
  intelligentSearchTask,
  onboardingTask,
  recommendationsTask,
  semanticSearchTask,
} from "@levqor/core";
import { type GatewayFromEnvOptions, gatewayFromEnv } from "@levqor/core/node";
import { createSearchIndex } from "@levqor/core/search";
import { knowledgeFrom } from "../facts/knowledge.js";
import { levqorFacts } from "../facts/levqor-facts.js";
import { onboardingStages } from "../facts/onboarding-stages.js";
import { searchItemsFrom } from "../facts/search-items.js";
import { demoDrafts } from "./demo-drafts.js";
import { demoUsers } from "./demo-users.js";
import { demoUses } from "./demo-uses.js";

/** What a user of each page mostly asks about. */
const pages = {
  pricing: "The user compares tiers. Name exact prices, monthly and yearly, and the free trial.",
  trial: "The user wants to know how the free trial works and when a charge is made.",
  dashboard:
    "The user is getting started: connecting tools, testing and running workflows, inviting the team.",
  workflows: "The user builds a workflow: triggers, conditions and actions.",
  debug: "The user has an integration error and wants it fixed.",
};

/** Items name their owner; "my drafts" are those of the caller's name. */
const vocabulary = {
  ownersOf: ({ userId }: Caller) => demoUsers.flatMap(({ id, name }) => (id === userId ? [name] : [])),
};

/**
 * Levqor's gateway: the built-in tasks with Levqor's own knowledge, everything else from the `AI_…` variables.
 *
 * @throws `invalid_config` listing every variable that is wrong.
 */
export function createLevqorGateway(options: GatewayFromEnvOptions): Promise<AiGateway> {
  const index = createSearchIndex({ documents: [...searchItemsFrom(levqorFacts), ...demoDrafts] });
  return gatewayFromEnv({
    ...options,
    tasks: [
      chatTask({ product: "Levqor", pages, knowledge: knowledgeFrom(levqorFacts) }),
      onboardingTask({ stages: onboardingStages }),
      semanticSearchTask({ index }),
      intelligentSearchTask({ index, vocabulary }),
      recommendationsTask({ index, uses: demoUses }),
    ],
  });
}
