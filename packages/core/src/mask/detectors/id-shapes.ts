import type { IdKind } from "./id-kind.js";
import { americanIds } from "./kinds/american-ids.js";
import { asianIds } from "./kinds/asian-ids.js";
import { britishIds } from "./kinds/british-ids.js";
import { deviceIds } from "./kinds/device-ids.js";
import { europeanIds } from "./kinds/european-ids.js";
import { germanIds } from "./kinds/german-ids.js";
import { southernIds } from "./kinds/southern-ids.js";

/** Where a number of this shape counts: see {@link IdKind}. */
export type Trust = "anywhere" | "alone" | "besideWords";

/** A kind whose numbers are written in a shape. */
export interface KindOfShape {
  readonly kind: IdKind;
  readonly trust: Trust;
  /** Whether the kind writes its numbers with other marks. */
  readonly isLoose?: true;
}

/** Every kind of number that is known. */
export const idKinds: readonly IdKind[] = [
  ...americanIds,
  ...britishIds,
  ...germanIds,
  ...europeanIds,
  ...asianIds,
  ...southernIds,
  ...deviceIds,
];
/** Shapes whose kinds are remembered: texts repeat few, and hostile ones could bring any number. */
const maxRemembered = 2000;
/** More groups than these are a table or a list, not a number that is written in a way of one's own. */
const maxLooseGroups = 3;
const marks = /[ \-./:]/g;
const remembered = new Map<string, readonly KindOfShape[]>();
const exact = new Map<string, KindOfShape[]>();
const wild = new Map<number, { readonly form: RegExp; readonly entry: KindOfShape }[]>();

/** The first groups, more than `maxLooseGroups`, of shapes that have still more; a wildcard stands for a digit there. */
const longStarts = new Set<string>();

for (const kind of idKinds) {
  for (const trust of ["anywhere", "alone", "besideWords"] as const) {
    for (const shape of kind[trust] ?? []) {
      add(shape, { kind, trust });
      addStarts(shape);
      // What has no check is told by its shape alone.
      if (kind.isValid !== undefined && !shape.includes("*"))
        add(unmarked(shape), { kind, trust: "besideWords", isLoose: true });
    }
  }
}

/** Letters and digits of a number only, in capitals. */
export const compactOf = (written: string) => written.replace(marks, "").toUpperCase();

/** The kinds that write their numbers in this shape of some groups; if none does, those that do so without its marks. */
export function kindsOfShape(shape: string, groups: number): readonly KindOfShape[] {
  const known = remembered.get(shape);
  if (known !== undefined) return known;
  const exactly = look(shape);
  const isGroupedOtherwise = exactly.length === 0 && groups <= maxLooseGroups;
  const kinds = isGroupedOtherwise ? look(unmarked(shape)) : exactly;
  if (remembered.size < maxRemembered) remembered.set(shape, kinds);
  return kinds;
}

/** Whether any shape goes on like this after so many groups. */
export const mayGoOn = (shape: string, groups: number): boolean =>
  groups <= maxLooseGroups || longStarts.has(shape);

function addStarts(shape: string): void {
  const groups = shape.split(/(?<=[ \-./:])/);
  for (let count = maxLooseGroups + 1; count <= groups.length; count += 1) {
    const start = groups
      .slice(0, count)
      .join("")
      .replace(/[ \-./:]$/, "");
    for (const either of ["9", "A"]) longStarts.add(start.replaceAll("*", either));
  }
}

/** Kept apart from shapes that are written without marks. */
function unmarked(shape: string): string {
  return `|${shape.replace(marks, "")}`;
}

function add(shape: string, entry: KindOfShape): void {
  if (!shape.includes("*")) {
    exact.set(shape, [...(exact.get(shape) ?? []), entry]);
    return;
  }
  const form = new RegExp(`^${shape.replace(/[./|-]/g, "\\$&").replaceAll("*", "[9A]")}$`);
  wild.set(shape.length, [...(wild.get(shape.length) ?? []), { form, entry }]);
}

const look = (shape: string) => [
  ...(exact.get(shape) ?? []),
  ...(wild.get(shape.length) ?? []).filter(({ form }) => form.test(shape)).map(({ entry }) => entry),
];
