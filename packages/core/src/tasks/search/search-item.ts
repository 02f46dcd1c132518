import type { SearchDocument } from "../../search/search-document.js";

/** A document with the facts that people filter by. */
export interface SearchItem extends SearchDocument {
  /** Where it can be read. */
  readonly url?: string | undefined;
  /** What it is, in the singular: `invoice`, `help article`. */
  readonly type?: string | undefined;
  /** Whose it is: a name, an e-mail address or a user id. */
  readonly owner?: string | undefined;
  /** `open`, `paid`, `draft`; any word of the product. */
  readonly status?: string | undefined;
  /** When it was made or last changed: an ISO 8601 date (`2026-03-05`) or date-time; without an offset it is UTC. */
  readonly date?: string | undefined;
}
