import type { Caller } from "../pipeline/task-call.js";
import { type AccessRuleOfDocument, accessKeyOf, maySee } from "./document-access.js";
import type { SearchDocument } from "./search-document.js";
import type { View } from "./word-index.js";

/** Documents by number, and who sees which. */
export interface DocumentStore<Document extends SearchDocument> {
  /** Gives the document its number; the one with the same id goes. Who may see it is its own rule, or the given one. */
  add(document: Document, rule?: AccessRuleOfDocument): number;
  /** Says how many words the document with this number has. */
  setLength(slot: number, length: number): void;
  remove(id: string): void;
  /** The number of a document that is not removed. */
  slotOf(id: string): number | undefined;
  documentAt(slot: number): Document | undefined;
  /** Who may see the document, as it was when it was added. */
  ruleAt(slot: number): AccessRuleOfDocument | undefined;
  viewFor(caller: Caller | undefined): View;
  /** How many numbers were given. */
  readonly slotCount: number;
  /** How many documents there are. */
  readonly size: number;
}

/** Documents that the same callers see: whether somebody does is decided once for all of them. */
interface Group {
  readonly rule: AccessRuleOfDocument;
  count: number;
  words: number;
}

interface Entry<Document> {
  readonly document: Document;
  readonly group: number;
  length: number;
}

/** An empty store. */
export function createDocumentStore<Document extends SearchDocument>(): DocumentStore<Document> {
  const entries: (Entry<Document> | undefined)[] = [];
  const slots = new Map<string, number>();
  const groups: Group[] = [];
  const groupNumbers = new Map<string, number>();

  const groupOf = (rule: AccessRuleOfDocument): number => {
    const key = accessKeyOf(rule);
    const known = groupNumbers.get(key);
    if (known !== undefined) return known;
    groupNumbers.set(key, groups.length);
    groups.push({ rule: copyOf(rule), count: 0, words: 0 });
    return groups.length - 1;
  };
  const remove = (id: string): void => {
    const slot = slots.get(id);
    const entry = slot === undefined ? undefined : entries[slot];
    if (slot === undefined || entry === undefined) return;
    slots.delete(id);
    entries[slot] = undefined;
    change(groups[entry.group], -1, -entry.length);
  };
  return {
    add(document, rule = document) {
      remove(document.id);
      const group = groupOf(rule);
      const slot = entries.push({ document, group, length: 0 }) - 1;
      slots.set(document.id, slot);
      change(groups[group], 1, 0);
      return slot;
    },
    setLength(slot, length) {
      const entry = entries[slot];
      if (entry === undefined) return;
      change(groups[entry.group], 0, length - entry.length);
      entry.length = length;
    },
    remove,
    slotOf: (id) => slots.get(id),
    documentAt: (slot) => entries[slot]?.document,
    ruleAt: (slot) => groups[entries[slot]?.group ?? -1]?.rule,
    viewFor(caller) {
      const visible = groups.map(({ rule, count }) => count > 0 && maySee(rule, caller));
      const { count, words } = sumOf(groups.filter((_, at) => visible[at]));
      return {
        isEverything: count === entries.length,
        isVisible: (slot) => visible[entries[slot]?.group ?? -1] === true,
        count,
        averageLength: Math.max(1, words / Math.max(1, count)),
      };
    },
    get slotCount() {
      return entries.length;
    },
    get size() {
      return slots.size;
    },
  };
}

function sumOf(groups: readonly Group[]): { readonly count: number; readonly words: number } {
  return {
    count: groups.reduce((sum, group) => sum + group.count, 0),
    words: groups.reduce((sum, group) => sum + group.words, 0),
  };
}

/** A copy: changing a document's lists later must not open it. */
function copyOf({ tenantId, access }: AccessRuleOfDocument): AccessRuleOfDocument {
  const copy = access && { users: [...(access.users ?? [])], roles: [...(access.roles ?? [])] };
  return { tenantId, access: copy };
}

function change(group: Group | undefined, count: number, words: number): void {
  if (group === undefined) return;
  group.count += count;
  group.words += words;
}
