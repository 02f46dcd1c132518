import type { StringPath } from "../map-strings.js";
import { adjacentTexts, type Leaf } from "./adjacent-texts.js";
import type { Span } from "./detectors/detector.js";
import type { Finding } from "./finding.js";
import type { Work } from "./in-slices.js";

/** Part of a value that goes on in the next text. */
export interface PartFinding extends Finding {
  /** Which leaf it is in. */
  readonly leaf: number;
}

type Find = (text: string, path: StringPath) => Work<readonly Finding[]>;

/** A text, or the end or beginning of a long one. */
interface Piece {
  readonly leaf: number;
  /** Where in the leaf it begins. */
  readonly from: number;
  readonly text: string;
}

/** How far from a joint a value can reach, characters: of longer texts the middle is not looked at again. */
const reach = 2048;
const isLetter = /^\p{L}/u;

/**
 * What stands in two or more texts that read as one (see `adjacentTexts`) and in none of them alone: a number or address
 * that is cut in two. `find` looks at the texts joined, with and without a space; `found` is what each leaf holds by itself.
 */
export function* findAcrossParts(
  leaves: readonly Leaf[],
  found: readonly (readonly Finding[])[],
  find: Find,
): Work<PartFinding[]> {
  // "… ada@example.com" and "Yes, please": the value ends with its text, the letters behind it are another word.
  const isGlued = ([first, second]: readonly PartFinding[]) =>
    second !== undefined &&
    isLetter.test(leaves[second.leaf]?.text ?? "") &&
    (found[first?.leaf ?? -1] ?? []).some(({ end }) => end === first?.end);
  const across: PartFinding[] = [];
  for (const pieces of adjacentTexts(leaves).flatMap((group) => chunksOf(leaves, group))) {
    const path = leaves[pieces[0]?.leaf ?? 0]?.path ?? [];
    const texts = pieces.map(({ text }) => text);
    const glued = acrossPieces(pieces, "", yield* find(texts.join(""), path));
    const spaced = acrossPieces(pieces, " ", yield* find(texts.join(" "), path));
    across.push(...glued.filter((finding) => !isGlued(finding)).flat(), ...spaced.flat());
  }
  return across;
}

/** What has to be looked at in one go: the joints between two long texts, and all short texts between them. */
function chunksOf(leaves: readonly Leaf[], group: readonly number[]): Piece[][] {
  const chunks: Piece[][] = [[]];
  for (const leaf of group) {
    const text = leaves[leaf]?.text ?? "";
    if (text.length <= 2 * reach) chunks.at(-1)?.push({ leaf, from: 0, text });
    else {
      chunks.at(-1)?.push({ leaf, from: 0, text: text.slice(0, reach) });
      chunks.push([{ leaf, from: text.length - reach, text: text.slice(-reach) }]);
    }
  }
  return chunks.filter((pieces) => pieces.length > 1);
}

/** A piece and where it stands in the joined text. */
interface Placed extends Piece, Span {}

/** Of what was found in the joined pieces, for each value that stands in more than one of them, its parts. */
function acrossPieces(
  pieces: readonly Piece[],
  separator: string,
  found: readonly Finding[],
): PartFinding[][] {
  const placed: Placed[] = [];
  for (const piece of pieces) {
    const { end } = placed.at(-1) ?? { end: -separator.length };
    const start = end + separator.length;
    placed.push({ ...piece, start, end: start + piece.text.length });
  }
  let first = 0;
  return [...found]
    .sort((one, other) => one.start - other.start)
    .map((finding) => {
      while ((placed[first]?.end ?? finding.end) <= finding.start) first += 1;
      return partsOf(finding, placed, first);
    })
    .filter((parts) => parts.length > 1);
}

function partsOf(finding: Finding, placed: readonly Placed[], first: number): PartFinding[] {
  const parts: PartFinding[] = [];
  for (
    let at = first, piece = placed[at];
    piece !== undefined && piece.start < finding.end;
    piece = placed[at]
  ) {
    const { leaf, from, start, end } = piece;
    parts.push({
      ...finding,
      leaf,
      start: from + Math.max(0, finding.start - start),
      end: from + Math.min(end, finding.end) - start,
    });
    at += 1;
  }
  return parts;
}
