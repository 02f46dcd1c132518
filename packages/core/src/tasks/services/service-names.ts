import { editDistance } from "../../search/edit-distance.js";
import { plainWords } from "./plain-words.js";
import type { Service } from "./service.js";
import { serviceCatalogue } from "./service-catalogue.js";

/** A service that goes by some name. */
export interface NamedService {
  readonly service: Service;
  /** Whether the name is an everyday word too. */
  readonly everyday: boolean;
}

/** A name without case, spaces and punctuation: "Google-Sheets" → "googlesheets". */
export const nameKey = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const byKey = new Map<string, NamedService>();
for (const service of serviceCatalogue) {
  for (const name of service.everydayNames) byKey.set(nameKey(name), { service, everyday: true });
}
for (const service of serviceCatalogue) {
  const names = [service.id, service.name, ...service.aliases].filter(
    (name) => !service.everydayNames.some((everyday) => nameKey(everyday) === nameKey(name)),
  );
  for (const name of names) byKey.set(nameKey(name), { service, everyday: false });
}

const byId = new Map(serviceCatalogue.map((service) => [service.id, service]));
const prefixes = new Set(
  [...byKey.keys()].flatMap((key) => Array.from(key, (_, index) => key.slice(0, index + 1))),
);

/** Five letters are close to too many words ("send", "take"): only names that are typed every day are read with typos. */
const shortNames = new Set("asana attio canva excel gmail mysql redis slack".split(" "));

type TypoCandidate = readonly [key: string, named: NamedService];
const byStart = new Map<string, TypoCandidate[]>();
for (const [key, named] of byKey) {
  if (named.everyday || key.length < 5 || (key.length === 5 && !shortNames.has(key))) continue;
  // A typo has the same first letter and at most one letter more or less.
  for (const length of [key.length - 1, key.length, key.length + 1]) {
    const start = `${key.charAt(0)}${length}`;
    byStart.set(start, [...(byStart.get(start) ?? []), [key, named]]);
  }
}

const isPlural = (key: string) => key.endsWith("s") && !plainWords.has(key);

/** Whether a name can go on from these letters; a plural "s" may follow a whole name. */
export const startsName = (key: string): boolean =>
  prefixes.has(key) || (isPlural(key) && byKey.has(key.slice(0, -1)));

/** The service with exactly this name, plural or possessive included. */
export function serviceByKey(key: string): NamedService | undefined {
  return byKey.get(key) ?? (isPlural(key) ? byKey.get(key.slice(0, -1)) : byKey.get(`${key}s`));
}

/** The service whose name was probably meant: one letter off, or two in long names; the first letter has to fit. */
export function serviceByTypo(key: string): NamedService | undefined {
  if (key.length < 4 || plainWords.has(key)) return undefined;
  let best: { readonly named: NamedService; readonly distance: number } | undefined;
  for (const [candidate, named] of byStart.get(`${key.charAt(0)}${key.length}`) ?? []) {
    const most = Math.min(candidate.length < 9 ? 1 : 2, (best?.distance ?? 3) - 1);
    const distance = editDistance(key, candidate, most);
    if (distance <= most) best = { named, distance };
  }
  return best?.named;
}

const nameWords = new Set(
  serviceCatalogue.flatMap(({ name }) => (name.includes(" ") ? name.toLowerCase().split(" ") : [])),
);

/** Whether a word is part of a name of several words: "google". */
export const isNameWord = (word: string): boolean => nameWords.has(word);

/** The service with this id. */
export const serviceById = (id: string): Service | undefined => byId.get(id);

/** The service that a label means: an id, a name, an alias or a typo of one. */
export function serviceByLabel(label: string): Service | undefined {
  const key = nameKey(label);
  return (serviceByKey(key) ?? serviceByTypo(key))?.service;
}
