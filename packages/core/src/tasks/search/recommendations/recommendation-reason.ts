import { shorten } from "../../shorten.js";
import { dayMs } from "../calendar-day.js";
import type { EvidenceKind } from "./recommendation-score.js";

/** What a reason is worded from. */
export interface ReasonFacts {
  readonly strongest: EvidenceKind | undefined;
  /** Title of the item that it is like, or is used together with. */
  readonly otherTitle?: string | undefined;
  /** How old the item is, milliseconds; absent when its freshness comes from its use. */
  readonly ageMs?: number | undefined;
  /** Whether the others who use it are of the caller's own tenant. */
  readonly isTeam: boolean;
}

const mostTitleCharacters = 100;
const freshness: readonly (readonly [mostDays: number, reason: string])[] = [
  [1, "New today"],
  [7, "New this week"],
  [31, "New this month"],
];

/** Says why an item is recommended. It names items that the caller used or gave, and never a person. */
export function recommendationReason({ strongest, otherTitle, ageMs, isTeam }: ReasonFacts): string {
  const popular = isTeam ? "Popular in your team" : "Popular with other users";
  const other = otherTitle === undefined ? undefined : `“${shorten(otherTitle, mostTitleCharacters)}”`;
  switch (strongest) {
    case "content":
      return other === undefined ? "Similar to what you looked at" : `Similar to ${other}`;
    case "together":
      return other === undefined
        ? "Often used together with what you looked at"
        : `Often used together with ${other}`;
    case "recency":
      return ageMs === undefined ? popular : newness(ageMs);
    case "popularity":
      return popular;
    case undefined:
      return "A good place to start";
  }
}

// A date more than a day ahead is no time of making: the end of a contract, a day that something is due.
const newness = (ageMs: number) =>
  (ageMs < -dayMs ? undefined : freshness.find(([mostDays]) => ageMs <= mostDays * dayMs)?.[1]) ??
  "Among the latest";
