import { GatewayError } from "../errors/gateway-error.js";
import { isPlainKey } from "../is-plain-key.js";
import { mapStrings } from "../map-strings.js";
import type { Leaf } from "./adjacent-texts.js";
import type { CleanTexts } from "./clean-texts.js";
import type { Finding } from "./finding.js";
import type { Work } from "./in-slices.js";
import { findAcrossParts } from "./joined-parts.js";
import { literalPlaceholders, literalType } from "./literal-placeholders.js";
import { mergeFindings } from "./merge-findings.js";
import { type Scan, scanText } from "./scan-text.js";
import { createValueMatcher, type ValueToFind } from "./value-matcher.js";
import type { Vault } from "./vault.js";

/** All strings of a value, keys that may hold something personal among them, in the order they are walked. */
export function leavesOf(value: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const add = (text: string, path: Leaf["path"]) => {
    leaves.push({ text, path: path.slice() });
    return text;
  };
  mapStrings(value, add, (key) => (isPlainKey(key) ? key : add(key, [])));
  return leaves;
}

/** What is found in each of the leaves; not merged. `clean` is asked and told, for this scan and others. */
export function* scanLeaves(leaves: readonly Leaf[], scan: Scan, clean: CleanTexts): Work<Finding[][]> {
  // The same text under keys that tell nothing is looked at once.
  const scanned = new Map<string, readonly Finding[]>();
  const findings: Finding[][] = [];
  for (const { text, path } of leaves) {
    const isProse = saysNothing(path);
    const known = isRole(text, path) ? [] : isProse ? scanned.get(text) : undefined;
    const found = known ?? (yield* scanLeaf({ text, path }, scan, clean));
    if (isProse) scanned.set(text, found);
    findings.push([...found]);
  }
  const findAcross = findAcrossParts(leaves, findings, (text, path) => scanText(text, path, scan));
  for (const { leaf, ...finding } of yield* findAcross) findings[leaf]?.push(finding);
  const elsewhere = createValueMatcher(toldByContext(leaves, findings), { isCaseKept: true });
  if (elsewhere === undefined) return findings;
  const again: Scan = { ...scan, detectors: [], values: [elsewhere] };
  for (const [index, { text, path }] of leaves.entries()) {
    if (isRole(text, path)) continue;
    for (const finding of yield* scanText(text, path, again))
      findings[index]?.push({ ...finding, why: repeated });
  }
  return findings;
}

function* scanLeaf(leaf: Leaf, scan: Scan, clean: CleanTexts): Work<readonly Finding[]> {
  const { text, path } = leaf;
  if (!clean.has(leaf)) {
    const found = yield* scanText(text, path, scan);
    if (found.length === 0) clean.add(leaf);
    return found;
  }
  return scan.values.length === 0 ? [] : yield* scanText(text, path, { ...scan, detectors: [] });
}

const roles: ReadonlySet<string> = new Set(["system", "user", "assistant", "tool"]);

/** Who says a message: one of four words, which are no content and without which it is no message. */
const isRole = (text: string, path: Leaf["path"]): boolean =>
  path.at(-1) === "role" && typeof path.at(-2) === "number" && roles.has(text);

/** Keys that tell nothing about a value: below them the input and the prompt made of it hold the same texts. */
const proseKeys: ReadonlySet<unknown> = new Set(["input", "message", "content", "text"]);
const outerKeys: ReadonlySet<unknown> = new Set(["input", "said", "messages"]);

function saysNothing(path: Leaf["path"]): boolean {
  let isInnermost = true;
  for (let index = path.length - 1; index >= 0; index -= 1) {
    const key = path[index];
    if (typeof key !== "string") continue;
    if (!(isInnermost ? proseKeys : outerKeys).has(key)) return false;
    isInnermost = false;
  }
  return !isInnermost;
}

/** Why a value is hidden that something told in another place. */
const repeated: Finding["why"] = ["context"];
const shortestRepeated = 4;

/**
 * Values that a key or a word beside them told: a prompt made of the input repeats them without it, and they are what
 * they are there too. In the same letter case: somebody's name is Will.
 */
function toldByContext(leaves: readonly Leaf[], findings: readonly (readonly Finding[])[]): ValueToFind[] {
  const told = new Map<string, ValueToFind>();
  for (const [index, { text }] of leaves.entries()) {
    for (const { type, why, start, end } of findings[index] ?? []) {
      const isTold = why.includes("key") || why.includes("context");
      if (!isTold || end - start < shortestRepeated) continue;
      const value = text.slice(start, end);
      if (!told.has(value)) told.set(value, { type, value });
    }
  }
  return [...told.values()];
}

/** Puts placeholders where the findings are. `value` is the one that the leaves are of. */
export function* hideFindings<Value>(
  value: Value,
  leaves: readonly Leaf[],
  { findings, vault }: { readonly findings: readonly (readonly Finding[])[]; readonly vault: Vault },
): Work<Value> {
  const hidden: string[] = [];
  for (const { text } of leaves) {
    const found = withLiterals(findings[hidden.length] ?? [], text, vault);
    hidden.push(found.length === 0 ? text : yield* hideIn(text, found, vault));
  }
  let next = 0;
  const replace = (text: string) => {
    const index = next++;
    // Changed while it was looked at: what was found no longer says what is in it.
    if (leaves[index]?.text !== text) throw changedMeanwhile();
    return hidden[index] ?? "";
  };
  const masked = mapStrings(value, replace, (key) => (isPlainKey(key) ? key : replace(key)));
  if (next !== leaves.length) throw changedMeanwhile();
  return masked;
}

/** Text that already reads like a placeholder is hidden too. */
function withLiterals(findings: readonly Finding[], text: string, vault: Vault): readonly Finding[] {
  const spans = literalPlaceholders(text, vault.code);
  if (spans.length === 0) return findings;
  const literals = spans.map((span): Finding => ({ ...span, type: literalType, score: 1, why: ["known"] }));
  return [...findings, ...literals];
}

/** Values that are hidden before others get their turn: with a key, each costs some microseconds. */
const hiddenAtOnce = 64;

function* hideIn(text: string, findings: readonly Finding[], vault: Vault): Work<string> {
  const parts: string[] = [];
  let last = 0;
  for (const { type, start, end } of mergeFindings(findings, text.length)) {
    if (parts.length % (2 * hiddenAtOnce) === 0) yield;
    parts.push(text.slice(last, start), vault.hide(type, text.slice(start, end)));
    last = end;
  }
  return parts.join("") + text.slice(last);
}

const changedMeanwhile = () => new GatewayError("mask_failed", "The value changed while it was masked.");
