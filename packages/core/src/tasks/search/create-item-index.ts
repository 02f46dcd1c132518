import { createSearchIndex } from "../../search/create-search-index.js";
import { maySee } from "../../search/document-access.js";
import type { AsyncSearchIndex, SearchIndex } from "../../search/search-index.js";
import type { ItemIndex } from "./item-index.js";
import type { SearchItem } from "./search-item.js";

/** What an item index is made from. */
export interface ItemIndexOptions {
  readonly documents: readonly SearchItem[];
  /** An index of the same documents, to find them with. @default createSearchIndex({ documents }) */
  readonly index?: SearchIndex<SearchItem> | AsyncSearchIndex<SearchItem> | undefined;
}

/**
 * An index that also lists its documents, which filters and recommendations need.
 *
 * @example
 * const index = createItemIndex({ documents: [{ id: "7", text: "Hosting, May", type: "invoice", status: "open" }] });
 */
export function createItemIndex(options: ItemIndexOptions): ItemIndex {
  const { documents, index = createSearchIndex({ documents }) } = options;
  const listed = new Map<string, Listed>();
  const list = (items: readonly SearchItem[]) => {
    for (const item of items) listed.set(item.id, { item, rule: ruleOf(item) });
  };
  list(documents);
  return {
    search: (query, options) => index.search(query, options),
    similar: (ids, options) => index.similar(ids, options),
    corrections: (query, options) => index.corrections(query, options),
    get: (id, options) => index.get(id, options),
    documents({ caller } = {}) {
      return [...listed.values()].flatMap(({ item, rule }) => (maySee(rule, caller) ? [item] : []));
    },
    add(items) {
      index.add(items);
      list(items);
    },
    remove(ids) {
      index.remove(ids);
      for (const id of ids) listed.delete(id);
    },
    get size() {
      return index.size;
    },
  } as ItemIndex; // as: `search` answers at once or later, as the given index does, so it is one of the two
}

interface Listed {
  readonly item: SearchItem;
  readonly rule: Pick<SearchItem, "tenantId" | "access">;
}

/** A copy, as the index makes one: changing a document's lists later must not open it. */
function ruleOf({ tenantId, access }: SearchItem): Listed["rule"] {
  return {
    tenantId,
    access: access && { users: [...(access.users ?? [])], roles: [...(access.roles ?? [])] },
  };
}
