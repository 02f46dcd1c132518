import type { Prompt } from "../../provider/provider.js";
import { findServices } from "../services/find-services.js";
import { scanText } from "../services/scan-text.js";
import type { Service } from "../services/service.js";
import type { ServiceNames } from "../services/service-names.js";
import { categoryLabels } from "./category-nouns.js";
import type { WorkflowInput } from "./workflow-schema.js";

const explanationStyle = {
  beginner: "Explain in two or three simple sentences what happens and what to connect.",
  advanced: "Explain in one short sentence.",
} as const;

/** Of the product's own services that a description does not name, so many are told. */
const mostOwn = 30;

/** What a model is asked. Only services that can matter are listed, to keep it short; no model knows the product's own. */
export function workflowPrompt({ description, context = {} }: WorkflowInput, names: ServiceNames): Prompt {
  const connected = (context.tools ?? []).flatMap((tool) => names.byLabel(tool)?.id ?? []);
  const named = findServices(scanText(description), names).map(({ service }) => service.id);
  const builtIn = names.services.filter(({ category }) => category === "built_in").map(({ id }) => id);
  const meant = new Set([...connected, ...named]);
  const own = ownFirst(names.own, meant);
  const services = [...new Set([...meant, ...own.map(({ id }) => id), ...builtIn])];
  const style = context.experience_level === undefined ? "" : explanationStyle[context.experience_level];
  const system = [
    "Turn the user's description of an automation into workflow steps.",
    "The first step is the only trigger. A condition stands before the actions that it guards.",
    "Keep the user's own words in each description, under 15 words. Add no step that was not asked for; ask for what is missing in the explanation.",
    `service is one of: ${services.join(", ")}; null when none fits.`,
    own.length === 0 ? "" : `Of this product: ${own.map(introduced).join("; ")}.`,
    connected.length === 0
      ? ""
      : `Connected, preferred when the description is vague: ${connected.join(", ")}.`,
    style === "" ? "Explain in one or two short sentences." : style,
  ];
  return {
    system: system.filter((line) => line !== "").join("\n"),
    messages: [{ role: "user", content: description }],
  };
}

function ownFirst(own: readonly Service[], meant: ReadonlySet<string>): readonly Service[] {
  const others = own.filter(({ id }) => !meant.has(id)).slice(0, mostOwn);
  return [...own.filter(({ id }) => meant.has(id)), ...others];
}

const introduced = ({ id, name, category }: Service) => `${id} is ${name} (${categoryLabels[category]})`;
