import type { Caller } from "../pipeline/task-call.js";
import { createAccessGroups } from "./access-groups.js";
import type { CallerView } from "./caller-view.js";
import type { AccessRuleOfDocument } from "./document-access.js";
import type { SearchDocument } from "./search-document.js";

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
  viewFor(caller: Caller | undefined): CallerView;
  /** The numbers of the documents in a view, or of all, in the order in which they were added. */
  slots(view?: CallerView): number[];
  /** The same, the documents themselves. */
  documents(view?: CallerView): Document[];
  /** How many numbers were given. */
  readonly slotCount: number;
  /** How many documents there are. */
  readonly size: number;
}

interface Entry<Document> {
  readonly document: Document;
  readonly group: number;
  length: number;
}

/** An empty store. */
export function createDocumentStore<Document extends SearchDocument>(): DocumentStore<Document> {
  const entries: (Entry<Document> | undefined)[] = [];
  const slotsById = new Map<string, number>();
  const groups = createAccessGroups();

  const remove = (id: string): void => {
    const slot = slotsById.get(id);
    const entry = slot === undefined ? undefined : entries[slot];
    if (slot === undefined || entry === undefined) return;
    slotsById.delete(id);
    entries[slot] = undefined;
    groups.change(entry.group, -1, -entry.length);
  };
  const documentAt = (slot: number) => entries[slot]?.document;
  const slots = (view?: CallerView): number[] =>
    [...entries.keys()].filter(
      (slot) => entries[slot] !== undefined && (view === undefined || view.isVisible(slot)),
    );
  return {
    add(document, rule = document) {
      remove(document.id);
      const group = groups.groupOf(rule);
      const slot = entries.push({ document, group, length: 0 }) - 1;
      slotsById.set(document.id, slot);
      groups.change(group, 1, 0);
      return slot;
    },
    setLength(slot, length) {
      const entry = entries[slot];
      if (entry === undefined) return;
      groups.change(entry.group, 0, length - entry.length);
      entry.length = length;
    },
    remove,
    slotOf: (id) => slotsById.get(id),
    documentAt,
    ruleAt: (slot) => groups.ruleOf(entries[slot]?.group ?? -1),
    viewFor(caller) {
      const { visible, count, words } = groups.visibleTo(caller);
      return {
        isEverything: count === entries.length,
        isVisible: (slot) => visible[entries[slot]?.group ?? -1] === true,
        count,
        averageLength: Math.max(1, words / Math.max(1, count)),
      };
    },
    slots,
    documents: (view) => slots(view).flatMap((slot) => documentAt(slot) ?? []),
    get slotCount() {
      return entries.length;
    },
    get size() {
      return slotsById.size;
    },
  };
}
