import { createSearchIndex } from "../../search/create-search-index.js";
import { builtInKnowledge } from "../chat/built-in-knowledge.js";
import type { ItemIndex } from "./item-index.js";

let shared: ItemIndex | undefined;

/** An index of the built-in help texts, for gateways that were given none: made when it is first needed. */
export function defaultItemIndex(): ItemIndex {
  shared ??= createSearchIndex({
    documents: builtInKnowledge.map(({ title, text }) => ({ id: idOf(title), title, text, type: "help" })),
  });
  return shared;
}

const idOf = (title: string) => title.toLowerCase().replace(/[^a-z0-9]+/gu, "-");
