import type { Mention } from "../services/find-services.js";
import type { Token } from "../services/scan-text.js";
import { scheduleLength } from "./schedule-phrase.js";

const before = new Set("in into to from via using on".split(" "));

/** A name that seems to be an app's but is in no catalogue: "in FooDesk". */
export function unknownName(tokens: readonly Token[], mentions: readonly Mention[]): string | undefined {
  const found = tokens.find(
    (token, index) =>
      token.kind === "word" &&
      /^\p{Lu}.*\p{Ll}/u.test(token.text) &&
      before.has(tokens[index - 1]?.lower ?? "") &&
      scheduleLength(tokens, index - 1) === 0 &&
      !mentions.some(({ first, last }) => index >= first && index <= last),
  );
  return found?.text;
}
