import type { Mention } from "../services/find-services.js";
import type { Token } from "../services/scan-text.js";
import { wordAt } from "./phrase-table.js";

/**
 * Whether an app only names what things become: in "Convert leads to HubSpot contacts in a Google Sheet" the work is
 * done in the sheet.
 */
export const isResult = (
  tokens: readonly Token[],
  { first, last }: Mention,
  mentions: readonly Mention[],
): boolean =>
  /^(?:convert|turn|transform|map|format)(?:s|ing)?$/u.test(wordAt(tokens, 0)) &&
  /^(?:to|into)$/u.test(wordAt(tokens, first - 1)) &&
  mentions.some((next) => next.first > last + 1 && /^(?:in|on)$/u.test(wordAt(tokens, next.first - 1)));
