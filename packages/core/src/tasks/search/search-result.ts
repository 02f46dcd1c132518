import * as z from "zod";
import { once } from "../../once.js";

/** A document that was found, as it goes over the wire. */
export interface SearchResult {
  readonly id: string;
  readonly title: string;
  readonly url?: string | undefined;
  /** 0 to 1; compares the results of one reply, not of two. */
  readonly score: number;
  /** A part of the document's text, on one line, at most 240 characters. */
  readonly snippet: string;
  /** Where the snippet has words of the query, in order, without overlaps. */
  readonly highlights: readonly SnippetHighlight[];
}

/** A part of a snippet: UTF-16 offsets, `end` exclusive. */
export interface SnippetHighlight {
  readonly start: number;
  readonly end: number;
}

/** Longest snippet, UTF-16 characters. */
export const mostSnippetCharacters = 240;
/** Most results of a search. */
export const mostResults = 50;
/** Most highlights of a snippet. */
export const mostHighlights = 40;

function resultSchema() {
  const offset = z.int().min(0).max(mostSnippetCharacters);
  return z
    .object({
      id: z.string().min(1),
      title: z.string().min(1).max(300),
      url: z.string().optional(),
      score: z.number().min(0).max(1),
      snippet: z.string().max(mostSnippetCharacters),
      highlights: z.array(z.object({ start: offset, end: offset })).max(mostHighlights),
    })
    .refine(
      ({ snippet, highlights }) =>
        highlights.every(
          ({ start, end }, at) =>
            start < end && end <= snippet.length && start >= (highlights[at - 1]?.end ?? 0),
        ),
      { error: "highlights must lie in the snippet, in order" },
    );
}

/** Schema of a list of {@link SearchResult}, best first. */
export const searchResultsSchema = once(
  (): z.ZodType<readonly SearchResult[], readonly SearchResult[]> => z.array(resultSchema()).max(mostResults),
);
