import type { BuiltInTasks } from "@levqor/core/client";
import { useAiSearch } from "@levqor/react-hooks";
import { useRef, useState } from "react";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { LengthRemarks } from "./length-remarks.js";
import { QueryReading } from "./query-reading.js";
import { SearchForm } from "./search-form.js";
import { SearchResults } from "./search-results.js";

const limit = 5;

/** Searches help articles, plans, policies and templates; reads filters out of the words when it is asked to. */
export function AiHelpSearch() {
  const byWords = useAiSearch();
  const byFilters = useAiSearch({ filters: true });
  const [readsFilters, setReadsFilters] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const search = readsFilters ? byFilters : byWords;
  const { status, data, error, isLoading, degraded, stop, retry } = search;

  const clear = () => {
    search.reset();
    input.current?.select();
  };
  const retryFromBox = () => {
    retry();
    input.current?.focus();
  };
  const switchTo = (reads: boolean) => {
    setReadsFilters(reads);
    if (search.input !== undefined) (reads ? byFilters : byWords).start(search.input);
    search.reset();
  };
  return (
    <search className="card search" aria-label="Help and templates">
      <SearchForm
        input={input}
        readsFilters={readsFilters}
        onReadsFilters={switchTo}
        onSearch={(query) => search.start({ query, limit })}
      />
      <AnswerState
        isLoading={isLoading}
        error={error}
        isStopped={status === "stopped"}
        loadingText="Searching …"
        onStop={stop}
        onRetry={retryFromBox}
      />
      {data === undefined ? null : (
        <div className="assistant-answer">
          <div className="search-summary">
            <p role="status">{summaryOf(data.results.length, search.input?.query ?? "")}</p>
            <button type="button" className="button button-quiet button-small" onClick={clear}>
              Clear
            </button>
          </div>
          {"structured_query" in data ? <QueryReading reading={data} /> : <Corrections found={data} />}
          {data.results.length === 0 ? null : <SearchResults results={data.results} />}
          <LengthRemarks metadata={data.metadata} />
          <LocalAnswerBadge degraded={degraded} />
        </div>
      )}
    </search>
  );
}

function summaryOf(count: number, query: string): string {
  const found = count === 0 ? "Nothing" : count === 1 ? "One result" : `${count} results`;
  return `${found} for “${query.trim()}”`;
}

/** How misspelt words were read, and what to try when nothing was found. */
function Corrections({ found }: { readonly found: BuiltInTasks["semantic_search"]["output"] }) {
  return (
    <>
      {found.corrections.map(({ from, to }) => (
        <p key={from} className="muted" dir="auto">
          Read “{from}” as <strong>{to}</strong>.
        </p>
      ))}
      {found.hint === undefined ? null : <p dir="auto">{found.hint}</p>}
    </>
  );
}
