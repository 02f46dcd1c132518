const none: readonly RegExpExecArray[] = [];

/**
 * All matches of a global pattern, which must not match the empty text. `matchAll` copies its pattern each time, which
 * costs more than to read a short text.
 */
export function matchesIn(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  const first = pattern.exec(text);
  if (first === null) return none;
  const matches: RegExpExecArray[] = [];
  for (let match: RegExpExecArray | null = first; match !== null; match = pattern.exec(text))
    matches.push(match);
  return matches;
}
