import type { Token } from "../services/scan-text.js";

/** What a part of a sentence says. `phrase` has no verb and no marker: "Typeform → Slack". */
export type ClauseKind = "trigger" | "schedule" | "condition" | "action" | "phrase";

/** What stands before a clause: nothing ("send a message if …"), a comma or "but", or an "and" that leads on. */
export type ClauseLink = "nothing" | "comma" | "joiner";

/** A part of a description that becomes one step. */
export interface Clause {
  readonly kind: ClauseKind;
  /** In the order of the text; a schedule taken out of the middle leaves a gap. */
  readonly tokens: readonly Token[];
  /** Which sentence it stands in, counted from 0. */
  readonly sentence: number;
  readonly link: ClauseLink;
}

/** A clause in the user's own words, with a capital letter first. */
export function clauseText(source: string, tokens: readonly Token[]): string {
  let text = "";
  let end = tokens[0]?.start ?? 0;
  for (const token of tokens) {
    const between = source.slice(end, token.start);
    text += (text === "" || (between.trim() === "" && between === "") ? "" : " ") + token.text;
    end = token.end;
  }
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
