import type { StringPath } from "../map-strings.js";
import type { Span } from "./detectors/detector.js";
import type { Finding } from "./finding.js";

/** A string of the value that is masked. */
export interface Leaf {
  readonly text: string;
  readonly path: StringPath;
}

/** Part of a value that goes on in the next text part. */
export interface PartFinding extends Finding {
  /** Which leaf it is in. */
  readonly leaf: number;
}

/** A text part and where it begins in the joined text. */
interface Part extends Span {
  readonly leaf: number;
}

/**
 * What stands in two or more text parts that follow each other (`content: [{ type: "text", text }, …]`) and in none of
 * them alone: a number or address that is cut in two. `find` looks at the parts joined, with and without a space.
 */
export function findAcrossParts(
  leaves: readonly Leaf[],
  find: (text: string, path: StringPath) => readonly Finding[],
): PartFinding[] {
  return groupsOfParts(leaves).flatMap((group) =>
    ["", " "].flatMap((separator) => findInGroup(leaves, group, { separator, find })),
  );
}

function findInGroup(
  leaves: readonly Leaf[],
  group: readonly number[],
  joining: {
    readonly separator: string;
    readonly find: (text: string, path: StringPath) => readonly Finding[];
  },
): PartFinding[] {
  const { separator, find } = joining;
  const parts: Part[] = [];
  let end = 0;
  for (const leaf of group) {
    const start = parts.length === 0 ? 0 : end + separator.length;
    end = start + (leaves[leaf]?.text.length ?? 0);
    parts.push({ leaf, start, end });
  }
  const joined = group.map((leaf) => leaves[leaf]?.text ?? "").join(separator);
  return find(joined, leaves[group[0] ?? 0]?.path ?? []).flatMap((finding) => {
    const touched = parts.filter((part) => part.start < finding.end && finding.start < part.end);
    if (touched.length < 2) return [];
    return touched.map(({ leaf, start, end: partEnd }) => ({
      ...finding,
      leaf,
      start: Math.max(0, finding.start - start),
      end: Math.min(partEnd, finding.end) - start,
    }));
  });
}

/** Runs of leaves that are `list[n].text`, `list[n + 1].text`, … */
function groupsOfParts(leaves: readonly Leaf[]): number[][] {
  const groups: number[][] = [];
  let previous: StringPath | undefined;
  for (const [index, { path }] of leaves.entries()) {
    if (path.at(-1) !== "text" || typeof path.at(-2) !== "number") continue;
    if (previous !== undefined && follows(previous, path)) groups.at(-1)?.push(index);
    else groups.push([index]);
    previous = path;
  }
  return groups.filter((group) => group.length > 1);
}

function follows(previous: StringPath, path: StringPath): boolean {
  if (previous.length !== path.length) return false;
  const list = path.length - 2;
  const isNext = Number(path[list]) === Number(previous[list]) + 1;
  return isNext && path.slice(0, list).every((key, index) => key === previous[index]);
}
