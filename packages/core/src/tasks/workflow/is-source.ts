import type { Mention } from "../services/find-services.js";
import type { Token } from "../services/scan-text.js";
import { categoryNouns } from "./category-nouns.js";
import { nounAt } from "./noun-at.js";
import { wordAt } from "./phrase-table.js";
import { scheduleLength } from "./schedule-phrase.js";

const destinationWords = /^(?:to|into|onto|via|using|through|with|from)$/u;
const furthest = 12;

/**
 * Whether an app that an action names is where its things come from: "for each deal in Pipedrive", "a summary of deals
 * in HubSpot", "the customer listed in Airtable". "A summary of deals in Notion" is written there: deals are no notes. A
 * table can hold anything.
 */
export function isSource(tokens: readonly Token[], { first, last, service }: Mention): boolean {
  for (let index = first - 1; index >= Math.max(0, first - furthest); index--) {
    const word = wordAt(tokens, index);
    if (tokens[index]?.kind === "comma" || destinationWords.test(word)) return false;
    if (/^(?:listed|stored|found|kept)$/u.test(word)) return true;
    if (!/^(?:each|every|whose|of)$/u.test(word) || scheduleLength(tokens, index) > 0) continue;
    const kinds = [...tokens.slice(index + 1, first).keys(), last - index].flatMap((offset) => {
      const noun = nounAt(tokens, index + 1 + offset);
      return noun === undefined ? [] : [categoryNouns.get(noun.name) ?? []];
    });
    if (kinds.some((categories) => categories.includes(service.category))) return true;
    return word !== "of" && (kinds.length === 0 || /^(?:databases|spreadsheets)$/u.test(service.category));
  }
  return false;
}
