import type { StringPath } from "../map-strings.js";

/** A string of the value that is masked. */
export interface Leaf {
  readonly text: string;
  readonly path: StringPath;
}

/**
 * Runs of leaves that read as one text: `list[n].text`, `list[n + 1].text`, … and messages of one role, `list[n].content`,
 * `list[n + 1].content`, …. What tools gave back is of different authors.
 */
export function adjacentTexts(leaves: readonly Leaf[]): number[][] {
  const groups: number[][] = [];
  let previous: number | undefined;
  for (let index = 0; index < leaves.length; index += 1) {
    const path = leaves[index]?.path ?? [];
    if (!isListed(path) || (path.at(-1) !== "text" && path.at(-1) !== "content")) continue;
    if (previous === undefined || !goesOn(leaves, previous, index)) groups.push([index]);
    else groups.at(-1)?.push(index);
    previous = index;
  }
  return groups.filter((group) => group.length > 1);
}

/** Whether it is a value of an object in a list. */
const isListed = (path: StringPath): boolean => typeof path.at(-2) === "number";

/** Whether a text reads as one with the one before it. */
function goesOn(leaves: readonly Leaf[], previous: number, index: number): boolean {
  if (!follows(leaves[previous]?.path ?? [], leaves[index]?.path ?? [])) return false;
  const role = roleOf(leaves, index);
  return role !== "tool" && role === roleOf(leaves, previous);
}

/** Who says a text: the `role` beside it, if there is one. Leaves of one object stand together, but for keys among them. */
function roleOf(leaves: readonly Leaf[], index: number): string | undefined {
  const { path } = leaves[index] ?? { path: [] };
  for (const step of [-1, 1]) {
    for (let at = index + step; ; at += step) {
      const leaf = leaves[at];
      if (leaf === undefined || !(leaf.path.length === 0 || isWithin(leaf.path, path))) break;
      if (leaf.path.length === path.length && leaf.path.at(-1) === "role") return leaf.text;
    }
  }
  return undefined;
}

/** Whether it leads into the object in which a path ends. */
const isWithin = (inner: StringPath, path: StringPath): boolean =>
  path.every((key, index) => index === path.length - 1 || inner[index] === key);

function follows(previous: StringPath, path: StringPath): boolean {
  if (previous.length !== path.length || previous.at(-1) !== path.at(-1)) return false;
  const list = path.length - 2;
  const isNext = Number(path[list]) === Number(previous[list]) + 1;
  return isNext && path.every((key, index) => index >= list || key === previous[index]);
}
