import type { DocumentAccess } from "../../search/search-document.js";

/** A fact sheet of the product: a help article, the prices, a policy. */
export interface KnowledgeDocument {
  /** @default its place in the list */
  readonly id?: string | undefined;
  /** Named as the source of an answer. */
  readonly title: string;
  /** Plain text or Markdown. */
  readonly text: string;
  /** Where it can be read; the source becomes a link. */
  readonly url?: string | undefined;
  /** Pages on which it is likely to be meant. */
  readonly pages?: readonly string[] | undefined;
  /** Only callers of this tenant are answered from it. @default every tenant */
  readonly tenantId?: string | undefined;
  /** Only these callers are answered from it. @default everyone */
  readonly access?: DocumentAccess | undefined;
}
