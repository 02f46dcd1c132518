import type { Prompt } from "../../provider/provider.js";
import { findServices } from "../services/find-services.js";
import { scanText } from "../services/scan-text.js";
import { serviceCatalogue } from "../services/service-catalogue.js";
import { serviceByLabel } from "../services/service-names.js";
import type { WorkflowInput } from "./workflow-schema.js";

const builtIn = serviceCatalogue.filter(({ category }) => category === "built_in").map(({ id }) => id);

const explanationStyle = {
  beginner: "Explain in two or three simple sentences what happens and what to connect.",
  advanced: "Explain in one short sentence.",
} as const;

/** What a model is asked. Only services that can matter are listed, to keep it short. */
export function workflowPrompt({ description, context = {} }: WorkflowInput): Prompt {
  const connected = (context.tools ?? []).flatMap((tool) => serviceByLabel(tool)?.id ?? []);
  const named = findServices(scanText(description)).map(({ service }) => service.id);
  const services = [...new Set([...connected, ...named, ...builtIn])];
  const style = context.experience_level === undefined ? "" : explanationStyle[context.experience_level];
  const system = [
    "Turn the user's description of an automation into workflow steps.",
    "The first step is the only trigger. A condition stands before the actions that it guards.",
    "Keep the user's own words in each description, under 15 words. Add no step that was not asked for; ask for what is missing in the explanation.",
    `service is one of: ${services.join(", ")}; null when none fits.`,
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
