import { type FormEvent, type RefObject, useId, useState } from "react";
import { Icon } from "../layout/icon.js";

/** Where it is written what to look for, and whether filters are read out of it. */
export function SearchForm(props: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly readsFilters: boolean;
  readonly onReadsFilters: (readsFilters: boolean) => void;
  readonly onSearch: (query: string) => void;
}) {
  const { input, readsFilters, onReadsFilters, onSearch } = props;
  const [query, setQuery] = useState("");
  const id = useId();
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (query.trim() === "") input.current?.focus();
    else onSearch(query);
  };
  return (
    <form className="search-form" onSubmit={search}>
      <label htmlFor={id}>Search help, plans and templates</label>
      <div className="search-row">
        <input
          ref={input}
          id={id}
          type="search"
          className="input"
          dir="auto"
          autoComplete="off"
          maxLength={1000}
          placeholder={readsFilters ? "Templates by Priya since April 2026" : "How do I get a refund?"}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <button type="submit" className="button button-primary">
          Search
        </button>
      </div>
      <label className="chip">
        <input
          type="checkbox"
          checked={readsFilters}
          onChange={(event) => onReadsFilters(event.target.checked)}
        />
        <span className="chip-face">
          <Icon name="check" />
          Understand filters
        </span>
      </label>
    </form>
  );
}
