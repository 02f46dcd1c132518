import { builtInNames } from "../services/built-in-names.js";
import type { ServiceNames } from "../services/service-names.js";
import { shorten } from "../shorten.js";
import { type DebugCase, debugCase } from "./debug-case.js";
import type { DebugRule } from "./debug-rule.js";
import type { DebugInput, DebugOutput } from "./debug-schema.js";
import { distinctAdvice } from "./distinct-advice.js";
import { findRules } from "./find-rules.js";
import { genericRule } from "./generic-rule.js";

/** Longest lists that still help. */
const limits = { causes: 4, fixes: 5, prevention: 3 } as const;

/**
 * Explains an error from rules: the product's own ones first, then the most specific ones, in terms of the service and
 * endpoint at hand.
 */
export function debugAnswer(
  input: DebugInput,
  ownRules: readonly DebugRule[] = [],
  names: ServiceNames = builtInNames,
): DebugOutput {
  const found = debugCase(input, names);
  const rules = findRules(found, ownRules);
  const fallback = genericRule(found.status);
  const all = rules.length > 0 ? rules : [fallback];
  const fill = filler(found);
  const collect = (list: keyof typeof limits) =>
    distinctAdvice(all.flatMap((rule) => rule[list]))
      .slice(0, limits[list])
      .map(fill);
  return {
    summary: fill(summary(all[0] ?? fallback, { ...input, generic: rules.length === 0 })),
    probable_causes: collect("causes"),
    steps_to_fix: collect("fixes"),
    prevention: collect("prevention"),
  };
}

function summary(
  rule: DebugRule,
  said: { readonly error_type: string; readonly message: string; readonly generic: boolean },
): string {
  const quoted = said.generic ? ` It said: “${shorten(said.message, 160)}”.` : "";
  return `{failure} (${shorten(said.error_type, 60)}): ${rule.finding}.${quoted}`;
}

/** Puts service, endpoint and status into a text; without them it still reads well. */
function filler({ serviceName: service = "", endpoint = "", status }: DebugCase): (text: string) => string {
  const at = endpoint === "" ? "" : ` at \`${endpoint}\``;
  const values: Readonly<Record<string, string>> = {
    failure:
      status === undefined
        ? `The call${service === "" ? at.replace(" at ", " to ") : ` to ${service}${at}`} failed`
        : `${service === "" ? "The service" : service} answered HTTP ${status}${at}`,
    service: service === "" ? "the service" : service,
    endpoint: endpoint === "" ? "the endpoint" : `\`${endpoint}\``,
    status: status === undefined ? "the error" : `HTTP ${status}`,
  };
  const fill = (text: string) =>
    text.replace(/\{(failure|service|endpoint|status)\}/gu, (_, key: string) => values[key] ?? "");
  // A code such as no_service stays as it is written.
  return (text) => fill(text).replace(/^\p{Ll}(?![\p{L}\d]*_)/u, (letter) => letter.toUpperCase());
}
