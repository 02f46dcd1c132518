import type { Token } from "./scan-text.js";
import type { Service } from "./service.js";
import type { NamedService } from "./service-names.js";

/** Where a name stands in a text. */
export interface Span {
  /** Index of its first token. */
  readonly first: number;
  /** Index of its last token. */
  readonly last: number;
}

const words = (list: string) => new Set(list.split(/\s+/u));
const leadsToName = words("in into to from via using through on with");
/** What can stand after a name where every word has a capital: "Post to Line and Slack", not "To Line Managers". */
const endsName = words(
  `and api app as at by each every for from if in into node of on once or saying so that then to trigger unless using via when
  whenever with`,
);
/** "Close deals", "Box the order": at the start of a title these are orders. */
const orders = words("box buffer close harvest meet replicate resend segment twist");
/** What follows the name of any app: "Matrix bot", "Bubble app data". */
const ownThings = words(
  "api app bot channel database event integration lead node person trigger update user",
);
/** Before a name in lower case, followed by what happens there: "a linear issue", "new wave invoices". */
const leadsToThing = words("a an any each every for from my new our");
const afterNonDay = words("in into via using");

/** Whether a name that was found is meant as one: "in Line" is, "wait in line" and "Close the deal" are not. */
export function isMeant(found: NamedService, tokens: readonly Token[], { first, last }: Span): boolean {
  const named = tokens.slice(first, last + 1);
  // "Drop box" is a name, "to do ist" is not: pieces have three letters, unless it is written so.
  const isCut = named.length > 1 && named.some((word) => word.text.length < 3);
  if (isCut && !hasSpacedName(found.service, named)) return false;
  const [word] = named;
  if (!found.everyday || word === undefined) return true;
  const [before, next] = [tokens[first - 1], tokens[last + 1]];
  if (isTeamsApp(word, before, next)) return true;
  if (found.service.id === "monday_com")
    return afterNonDay.has(before?.lower ?? "") && isCapitalised(word.text);
  if (word.lower === "team") return false;
  if (!isCapitalised(word.text))
    return (
      isOffice(word, before, next) ||
      (leadsToThing.has(before?.lower ?? "") && speaksOfIts(found.service, next, "events"))
    );
  if (isShouted(word.text)) return true;
  if (speaksOfIts(found.service, next) && !(before?.kind !== "word" && orders.has(word.lower))) return true;
  if (before?.kind === "word" && before.text === before.lower) return true;
  return leadsToName.has(before?.lower ?? "") && (next?.kind !== "word" || endsName.has(next.lower));
}

const isCapitalised = (text: string) => text.charAt(0) !== text.charAt(0).toLowerCase();
const isShouted = (text: string) => text.length > 1 && text === text.toUpperCase();

// "Linear Issue", "Copper Leads": what happens in a service is said right after its name.
function speaksOfIts({ things }: Service, next: Token | undefined, of: "events" | "any" = "any"): boolean {
  if (next?.kind !== "word") return false;
  const singular = [next.lower, next.lower.replace(/s$/u, ""), next.lower.replace(/ies$/u, "y")];
  return singular.some((noun) => (of === "any" && ownThings.has(noun)) || things.includes(noun));
}

// "Message me on teams when …" names the app, "split it in teams of five" does not.
function isTeamsApp(word: Token, before: Token | undefined, next: Token | undefined): boolean {
  return (
    word.lower === "teams" &&
    /^(?:on|via|in|through|using)$/u.test(before?.lower ?? "") &&
    (next?.kind !== "word" || endsTeams.has(next.lower))
  );
}

// "Save it to drive and tell me", "add a row in sheets": short names that everybody uses, in lower case.
function isOffice(word: Token, before: Token | undefined, next: Token | undefined): boolean {
  const isPlace = /^(?:to|into|in|from)$/u.test(before?.lower ?? "");
  return isPlace && officeNames.has(word.lower) && (next?.kind !== "word" || endsTeams.has(next.lower));
}

const officeNames = words("calendar docs drive sheets");
const endsTeams = words("and as at each every for if once or saying that then unless when whenever with");

const hasSpacedName = (service: Service, named: readonly Token[]): boolean => {
  const spaced = named.map((word) => word.lower).join(" ");
  return [service.name.toLowerCase(), ...service.aliases].some(
    (name) => name === spaced || `${name}s` === spaced,
  );
};
