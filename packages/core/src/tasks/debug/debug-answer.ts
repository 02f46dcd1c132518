import { shorten } from "../shorten.js";
import type { DebugRule } from "./debug-rule.js";
import type { DebugInput, DebugOutput } from "./debug-schema.js";
import { distinctAdvice } from "./distinct-advice.js";
import { findAddress } from "./find-address.js";
import { findRules, foldWords } from "./find-rules.js";
import { genericRule } from "./generic-rule.js";
import { statusInWords } from "./http-status.js";
import { serviceAt } from "./service-at.js";

/** Longest lists that still help. */
const limits = { causes: 4, fixes: 5, prevention: 3 } as const;

/** Explains an error from rules: the most specific ones first, in terms of the service and endpoint at hand. */
export function debugAnswer({ error_type, message, context = {} }: DebugInput): DebugOutput {
  const words = foldWords(`${error_type} ${message}`);
  const status =
    context.http_status ?? statusInWords(foldWords(message)) ?? statusInWords(foldWords(error_type));
  const address = findAddress(message);
  const service = serviceAt({ label: context.service, message, address });
  const rules = findRules({ words, serviceId: service?.id, status });
  const fallback = genericRule(status);
  const all = rules.length > 0 ? rules : [fallback];
  const fill = filler({
    service: service?.name ?? "",
    endpoint: context.endpoint?.trim() || (address ?? ""),
    status,
  });
  const collect = (list: keyof typeof limits) =>
    distinctAdvice(all.flatMap((rule) => rule[list]))
      .slice(0, limits[list])
      .map(fill);
  return {
    summary: fill(summary(all[0] ?? fallback, { error_type, message, generic: rules.length === 0 })),
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

interface Facts {
  readonly service: string;
  readonly endpoint: string;
  readonly status: number | undefined;
}

/** Puts service, endpoint and status into a text; without them it still reads well. */
function filler({ service, endpoint, status }: Facts): (text: string) => string {
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
  return (text) => fill(text).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
