import type { Mention } from "./find-services.js";
import type { Token } from "./scan-text.js";

/** The mentions of a whole text, by their first token. */
export type MentionStarts = ReadonlyMap<Token, Mention>;

/** Makes the mentions of a text findable in any part of it. */
export const mentionStarts = (tokens: readonly Token[], mentions: readonly Mention[]): MentionStarts =>
  new Map(
    mentions.flatMap((mention): [Token, Mention][] => {
      const token = tokens[mention.first];
      return token === undefined ? [] : [[token, mention]];
    }),
  );

/** The mentions that stand wholly in a part of the text; their indexes count in the part. */
export function mentionsIn(tokens: readonly Token[], starts: MentionStarts): Mention[] {
  return tokens.flatMap((token, first) => {
    const mention = starts.get(token);
    if (mention === undefined) return [];
    const last = first + mention.last - mention.first;
    return last < tokens.length ? [{ service: mention.service, first, last }] : [];
  });
}
