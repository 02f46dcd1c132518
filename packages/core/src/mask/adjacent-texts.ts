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
  const roleOf = rolesIn(leaves);
  let previous: StringPath | undefined;
  let previousRole: string | undefined;
  for (const [index, { path }] of leaves.entries()) {
    const isText = (path.at(-1) === "text" || path.at(-1) === "content") && typeof path.at(-2) === "number";
    if (!isText) continue;
    const role = roleOf(path);
    const isSame = previous !== undefined && follows(previous, path) && previousRole === role;
    if (isSame && role !== "tool") groups.at(-1)?.push(index);
    else groups.push([index]);
    previous = path;
    previousRole = role;
  }
  return groups.filter((group) => group.length > 1);
}

/** Who says what stands at a path: the `role` beside it, if there is one. */
function rolesIn(leaves: readonly Leaf[]): (path: StringPath) => string | undefined {
  const roles = new Map<string, string>();
  const place = (path: StringPath) => JSON.stringify(path.slice(0, -1));
  for (const { path, text } of leaves)
    if (path.at(-1) === "role" && typeof path.at(-2) === "number") roles.set(place(path), text);
  return (path) => roles.get(place(path));
}

function follows(previous: StringPath, path: StringPath): boolean {
  if (previous.length !== path.length || previous.at(-1) !== path.at(-1)) return false;
  const list = path.length - 2;
  const isNext = Number(path[list]) === Number(previous[list]) + 1;
  return isNext && path.slice(0, list).every((key, index) => key === previous[index]);
}
