import type { SearchResult } from "@levqor/core/client";
import { HighlightedText } from "./highlighted-text.js";
import { ItemLink } from "./item-link.js";

/** What was found, best first. */
export function SearchResults({ results }: { readonly results: readonly SearchResult[] }) {
  return (
    <ol className="search-results" aria-label="Search results">
      {results.map(({ id, title, url, snippet, highlights }) => (
        <li key={id}>
          <h3>
            <ItemLink title={title} url={url} />
          </h3>
          <p dir="auto">
            <HighlightedText text={snippet} highlights={highlights} />
          </p>
        </li>
      ))}
    </ol>
  );
}
