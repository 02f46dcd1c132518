import { editDistance } from "./edit-distance.js";
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

const byFirstLetter = new Map<string, [key: string, named: NamedService][]>();
for (const [key, named] of byKey) {
  if (named.everyday || key.length < 5) continue;
  byFirstLetter.set(key.charAt(0), [...(byFirstLetter.get(key.charAt(0)) ?? []), [key, named]]);
}

/** The service with exactly this name, plural or possessive included. */
export function serviceByName(name: string): NamedService | undefined {
  const key = nameKey(name);
  return byKey.get(key) ?? (key.endsWith("s") ? byKey.get(key.slice(0, -1)) : byKey.get(`${key}s`));
}

/** The service whose name was probably meant: one letter off, or two in long names; the first letter has to fit. */
export function serviceByTypo(name: string): NamedService | undefined {
  const key = nameKey(name);
  if (key.length < 4 || plainWords.has(key)) return undefined;
  let best: { readonly named: NamedService; readonly distance: number } | undefined;
  for (const [candidate, named] of byFirstLetter.get(key.charAt(0)) ?? []) {
    if (Math.abs(candidate.length - key.length) > 1) continue;
    const most = Math.min(candidate.length < 9 ? 1 : 2, (best?.distance ?? 3) - 1);
    const distance = editDistance(key, candidate, most);
    if (distance <= most) best = { named, distance };
  }
  return best?.named;
}

/** The service that a label means: an id, a name, an alias or a typo of one. */
export const serviceByLabel = (label: string): Service | undefined =>
  (serviceByName(label) ?? serviceByTypo(label))?.service;
