import type { Caller } from "../../../pipeline/task-call.js";
import type { ItemIndex } from "../item-index.js";
import type { SearchItem } from "../search-item.js";
import { createOwnerLookup, createValueLookup, type ValueLookup, type ValueWords } from "./value-lookup.js";
import { statusSynonyms, typeSynonyms } from "./value-synonyms.js";

/** A product's own words for the values of its documents; for values no document has they count for nothing. */
export interface SearchVocabulary {
  /** `{ invoice: ["bill", "rechnung"] }`. @default common English words */
  readonly types?: ValueWords | undefined;
  /** `{ open: ["unanswered"] }`. @default common English words */
  readonly statuses?: ValueWords | undefined;
  /** `{ "anna@acme.example": ["the boss"] }`. @default first and last names, and e-mail addresses */
  readonly owners?: ValueWords | undefined;
  /** The owner values that mean the caller. @default their `userId` */
  readonly ownersOf?: ((caller: Caller) => readonly string[]) | undefined;
}

/** The values that the documents of a caller have. */
export interface KnownValues {
  readonly types: ValueLookup;
  readonly statuses: ValueLookup;
  readonly owners: ValueLookup;
  /** The caller as an owner; nothing when it is not known who asks. */
  readonly self: string | undefined;
}

/** Longer values are no names that a query could hold. */
const mostCharacters = 200;

/** Gathers the values of the documents that this caller may see, and of no other. */
export function knownValues(
  index: ItemIndex,
  caller: Caller,
  vocabulary: SearchVocabulary = {},
): KnownValues {
  const items = [...index.documents({ caller })];
  const { types = {}, statuses = {}, owners = {} } = vocabulary;
  const valuesOf = (field: "type" | "status" | "owner") =>
    items.flatMap((item: SearchItem) => item[field] ?? []).filter((value) => value.length <= mostCharacters);
  const knownOwners = createOwnerLookup(valuesOf("owner"), owners);
  const selves = vocabulary.ownersOf?.(caller) ?? (caller.userId === undefined ? [] : [caller.userId]);
  const known = selves.flatMap((self) => {
    const found = knownOwners.find(self);
    return found?.isExact === true ? [found.value] : [];
  });
  return {
    types: createValueLookup(valuesOf("type"), { groups: typeSynonyms, own: types }),
    statuses: createValueLookup(valuesOf("status"), { groups: statusSynonyms, own: statuses }),
    owners: knownOwners,
    self: known[0] ?? selves.find((self) => self.length <= mostCharacters),
  };
}
