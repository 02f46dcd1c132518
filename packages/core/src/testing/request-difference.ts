import { secretMarks } from "../secret-mark.js";

/** One place where two requests differ. A value that is absent is `undefined`. */
export interface RequestDifference {
  /** As `prompt.messages[0].content`. */
  readonly path: string;
  readonly recorded: unknown;
  readonly asked: unknown;
}

/** The same text for the same request: keys in a fixed order, those without a value left out, any call's mark alike. */
export function requestKey(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === "string") return withoutMarks(value);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}

/** Every place where two requests differ, outermost first. */
export function requestDifferences(recorded: unknown, asked: unknown, path = ""): RequestDifference[] {
  if (!isTree(recorded) || !isTree(asked) || Array.isArray(recorded) !== Array.isArray(asked))
    return Object.is(withoutMarks(recorded), withoutMarks(asked)) ? [] : [{ path, recorded, asked }];
  const keys = new Set([...Object.keys(recorded), ...Object.keys(asked)]);
  return [...keys].flatMap((key) =>
    requestDifferences(
      Reflect.get(recorded, key),
      Reflect.get(asked, key),
      Array.isArray(asked) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`,
    ),
  );
}

/** Each call has a mark of its own. */
const withoutMarks = (value: unknown) =>
  typeof value === "string" ? value.replace(secretMarks, "mark") : value;

const isTree = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A difference as a sentence's end: the two values from just before where they part. */
export function describeDifference({ path, recorded, asked }: RequestDifference): string {
  const [one, other] = [JSON.stringify(recorded) ?? "nothing", JSON.stringify(asked) ?? "nothing"];
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const from = Math.max(0, same - contextLength);
  return `${path}: recorded ${excerpt(one, from)}, asked ${excerpt(other, from)}`;
}

const contextLength = 20;
const excerptLength = 80;

const excerpt = (text: string, from: number) =>
  `${from > 0 ? "…" : ""}${text.slice(from, from + excerptLength)}${text.length > from + excerptLength ? "…" : ""}`;
