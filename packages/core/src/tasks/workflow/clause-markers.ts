import type { Token } from "../services/scan-text.js";

/** Where a marker stands: `any`where, or only at the `start` of a clause. */
type Place = "any" | "start";

const phrases = (text: string, place: Place) =>
  text.split("|").map((phrase) => ({ words: phrase.split(" "), place }));

/** Longer ones first, so that "only when" is not read as "when". */
const conditionMarkers = [
  ...phrases(
    "but only if|but only when|and only if|only if|only when|but not if|except if|except when",
    "any",
  ),
  ...phrases("provided that|provided|as long as|in case|if|unless|whether", "any"),
  ...phrases("otherwise|or else|if not|else", "start"),
  ...phrases("check if|check whether|see if|verify that|make sure that", "any"),
];
const triggerMarkers = [
  ...phrases(
    "every time|each time|any time|anytime|whenever|when|as soon as|the moment|immediately after",
    "any",
  ),
  ...phrases("right after|upon", "any"),
  ...phrases(
    "once|after|before|for every|for each|for any new|for new|on every|on each|on any|on a new|on new",
    "start",
  ),
];

const bySize = <Marker extends { readonly words: readonly string[] }>(markers: readonly Marker[]) =>
  [...markers].sort((left, right) => right.words.length - left.words.length);

const markersByKind = { condition: bySize(conditionMarkers), trigger: bySize(triggerMarkers) } as const;

/** How many tokens at `first` are a marker of this kind; 0 when none are. */
export function markerLength(
  kind: keyof typeof markersByKind,
  tokens: readonly Token[],
  { first, atStart }: { readonly first: number; readonly atStart: boolean },
): number {
  const found = markersByKind[kind].find(
    ({ words, place }) =>
      (atStart || place === "any") && words.every((word, offset) => wordAt(tokens, first + offset) === word),
  );
  return found?.words.length ?? 0;
}

/** The word at an index in lower case; empty for anything but a word. */
export function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === "word" ? token.lower.replace("’", "'") : "";
}
