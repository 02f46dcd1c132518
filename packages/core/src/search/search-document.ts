/** Who may find a document. Somebody who is on neither list does not, and nobody does while both are empty. */
export interface DocumentAccess {
  /** By `caller.userId`. */
  readonly users?: readonly string[] | undefined;
  /** By `caller.roles`. */
  readonly roles?: readonly string[] | undefined;
}

/** Something to be found. Products add fields of their own; hits carry the whole document. */
export interface SearchDocument {
  /** Unique in its index. */
  readonly id: string;
  /** Counts more than the text. @default none */
  readonly title?: string | undefined;
  /** Prose, Markdown or source code. */
  readonly text: string;
  /** Only callers of this tenant find it. @default every tenant */
  readonly tenantId?: string | undefined;
  /** Only these callers find it; a call without a caller finds nothing that has a list. @default everyone */
  readonly access?: DocumentAccess | undefined;
}
