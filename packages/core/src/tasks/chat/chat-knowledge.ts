import { once } from "../../once.js";
import { builtInKnowledge } from "./built-in-knowledge.js";
import type { KnowledgeDocument } from "./knowledge-document.js";
import { createKnowledgeSearch, type KnowledgeSearch } from "./knowledge-search.js";
import { builtInPages, type PageHint } from "./page-hint.js";

/** Everything a chat task knows, made once. */
export interface ChatKnowledge {
  readonly documents: readonly KnowledgeDocument[];
  readonly index: KnowledgeSearch;
  /** By page name. */
  readonly pages: ReadonlyMap<string, PageHint>;
  /** The product's name. */
  readonly product: string | undefined;
}

/** Resolves what a product says about itself; the built-in documents stand in while it says nothing. */
export function createChatKnowledge(options: {
  readonly knowledge: readonly KnowledgeDocument[];
  readonly pages: Readonly<Record<string, string | PageHint>>;
  readonly product: string | undefined;
}): ChatKnowledge {
  const documents = options.knowledge.length === 0 ? builtInKnowledge : options.knowledge;
  const own = Object.entries(options.pages).map(([page, hint]): [string, PageHint] => [
    page,
    typeof hint === "string" ? { hint } : hint,
  ]);
  const index = once(() => createKnowledgeSearch(documents));
  if (documents !== builtInKnowledge) index(); // a product's own may be many: no question waits until they are read
  return {
    documents,
    index: { search: (question) => index().search(question) },
    pages: new Map([...Object.entries(builtInPages), ...own]),
    product: options.product,
  };
}
