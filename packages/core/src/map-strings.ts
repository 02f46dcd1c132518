import { GatewayError } from "./errors/gateway-error.js";

/** Keys and indexes that lead from the root to a string; only valid during the callback it is passed to. */
export type StringPath = readonly (string | number)[];

/** Deepest nesting that is walked; also what stops a cycle. The HTTP layer admits 64. */
const maxDepth = 128;

/**
 * Returns `value` with every string replaced by what `change` makes of it. Objects and arrays are walked, and each key is
 * replaced, before its value, by what `changeKey` makes of it; without that, keys stay. `value` itself is never changed:
 * what holds a changed string is copied, all else is shared.
 *
 * @throws `too_complex` when the value is nested deeper than 128 levels or refers to itself.
 */
export function mapStrings<Value>(
  value: Value,
  change: (text: string, path: StringPath) => string,
  changeKey: (key: string) => string = (key) => key,
): Value {
  return mapAny(value, { text: change, key: changeKey }, []) as Value;
}

interface Change {
  readonly text: (text: string, path: StringPath) => string;
  readonly key: (key: string) => string;
}

function mapAny(value: unknown, change: Change, path: (string | number)[]): unknown {
  if (typeof value === "string") return change.text(value, path);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (path.length >= maxDepth) throw new GatewayError("too_complex", "The input is nested too deeply.");
  return Array.isArray(value) ? mapArray(value, change, path) : mapObject(value, change, path);
}

function mapArray(items: readonly unknown[], change: Change, path: (string | number)[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    path.push(index);
    const mapped = mapAny(items[index], change, path);
    path.pop();
    if (mapped === items[index]) continue;
    copy ??= [...items];
    copy[index] = mapped;
  }
  return copy ?? items;
}

function mapObject(value: object, change: Change, path: (string | number)[]): object {
  const keys = Object.keys(value);
  const values: readonly unknown[] = Object.values(value); // each is read once: a getter could tell two things
  let copy: [string, unknown][] | undefined;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? "";
    const changedKey = change.key(key);
    path.push(key);
    const mapped = mapAny(values[index], change, path);
    path.pop();
    if (copy === undefined && (changedKey !== key || mapped !== values[index]))
      copy = keys.slice(0, index).map((earlier, at) => [earlier, values[at]]);
    copy?.push([changedKey, mapped]);
  }
  if (copy === undefined) return value;
  // fromEntries defines properties instead of assigning them, so an own "__proto__" key stays an ordinary key.
  const changed: object = Object.fromEntries(copy);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype
    ? changed
    : Object.setPrototypeOf(changed, prototype as object | null);
}
