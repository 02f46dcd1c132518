import { once } from "../../once.js";
import { editDistance } from "../../search/edit-distance.js";
import { nameKey } from "./name-key.js";
import { plainWords } from "./plain-words.js";
import type { Service } from "./service.js";

/** A service that goes by some name. */
export interface NamedService {
  readonly service: Service;
  /** Whether the name is an everyday word too. */
  readonly everyday: boolean;
}

/** The services that a task knows, found by what people call them. A key is a name as {@link nameKey} makes it. */
export interface ServiceNames {
  readonly services: readonly Service[];
  /** Those of them that the product brought. */
  readonly own: readonly Service[];
  /** Most words that a name has. */
  readonly mostWords: number;
  readonly byId: (id: string) => Service | undefined;
  /** The service with exactly this name, plural or possessive included. */
  readonly byKey: (key: string) => NamedService | undefined;
  /** The service whose name was probably meant: one letter off, or two in long names; the first letter has to fit. */
  readonly byTypo: (key: string) => NamedService | undefined;
  /** The service that a label means: an id, a name, an alias or a typo of one. */
  readonly byLabel: (label: string) => Service | undefined;
  /** Whether a name can go on from these letters; a plural "s" may follow a whole name. */
  readonly startsName: (key: string) => boolean;
  /** Whether a word is part of a name of several words: "google". */
  readonly isNameWord: (word: string) => boolean;
}

type NamesByKey = ReadonlyMap<string, NamedService>;

/** People cut names into pieces: up to so many words are read as one. */
const leastWords = 4;
/** Five letters are close to too many words ("send", "take"): only names that are typed every day are read with typos. */
const shortNames = new Set("asana attio canva excel gmail mysql redis slack".split(" "));

/** Makes a catalogue searchable, with a product's own services; one of them replaces a service with its id. */
export function createServiceNames(
  catalogue: () => readonly Service[],
  own: readonly Service[] = [],
): ServiceNames {
  // For the first text that is read: they take milliseconds, which a start has no use for.
  const services = once(() => {
    const ownIds = new Set(own.map(({ id }) => id));
    return [...catalogue().filter(({ id }) => !ownIds.has(id)), ...own];
  });
  const ids = once(() => new Map(services().map((service) => [service.id, service])));
  const nameWords = once(
    () =>
      new Set(services().flatMap(({ name }) => (name.includes(" ") ? name.toLowerCase().split(" ") : []))),
  );
  const index = once(() => nameIndex(services()));
  const byKey = (key: string) => {
    const { named } = index();
    return named.get(key) ?? (isPlural(key) ? named.get(key.slice(0, -1)) : named.get(`${key}s`));
  };
  const byTypo = (key: string) => index().byTypo(key);
  return {
    get services() {
      return services();
    },
    own,
    mostWords: Math.max(leastWords, ...own.flatMap(({ name, aliases }) => [name, ...aliases].map(wordCount))),
    byId: (id) => ids().get(id),
    byKey,
    byTypo,
    byLabel: (label) => {
      const key = nameKey(label);
      return (byKey(key) ?? byTypo(key))?.service;
    },
    startsName: (key) => {
      const { named, prefixes } = index();
      return prefixes.has(key) || (isPlural(key) && named.has(key.slice(0, -1)));
    },
    isNameWord: (word) => nameWords().has(word),
  };
}

/** What names are found by. */
interface NameIndex {
  readonly named: NamesByKey;
  readonly prefixes: ReadonlySet<string>;
  readonly byTypo: ServiceNames["byTypo"];
}

function nameIndex(services: readonly Service[]): NameIndex {
  const named = namesByKey(services);
  const prefixes = new Set(
    [...named.keys()].flatMap((key) => Array.from(key, (_, index) => key.slice(0, index + 1))),
  );
  return { named, prefixes, byTypo: typoReader(named) };
}

const isPlural = (key: string) => key.endsWith("s") && !plainWords.has(key);
const wordCount = (name: string) => name.split(/\s+/u).length;

// What only one service is called stands above what is an everyday word as well.
function namesByKey(services: readonly Service[]): NamesByKey {
  const everyday = services.flatMap((service) =>
    service.everydayNames.map((name) => [nameKey(name), { service, everyday: true }] as const),
  );
  const others = services.flatMap((service) => {
    const words = new Set(service.everydayNames.map(nameKey));
    return [service.id, service.name, ...service.aliases]
      .map(nameKey)
      .filter((key) => !words.has(key))
      .map((key) => [key, { service, everyday: false }] as const);
  });
  return new Map<string, NamedService>([...everyday, ...others]);
}

function typoReader(names: NamesByKey): ServiceNames["byTypo"] {
  const byStart = new Map<string, (readonly [key: string, named: NamedService])[]>();
  for (const [key, named] of names) {
    if (named.everyday || key.length < 5 || (key.length === 5 && !shortNames.has(key))) continue;
    // A typo has the same first letter and at most one letter more or less.
    for (const length of [key.length - 1, key.length, key.length + 1]) {
      const start = `${key.charAt(0)}${length}`;
      byStart.set(start, [...(byStart.get(start) ?? []), [key, named]]);
    }
  }
  return (key) => {
    if (key.length < 4 || plainWords.has(key)) return undefined;
    let best: { readonly named: NamedService; readonly distance: number } | undefined;
    for (const [candidate, named] of byStart.get(`${key.charAt(0)}${key.length}`) ?? []) {
      const most = Math.min(candidate.length < 9 ? 1 : 2, (best?.distance ?? 3) - 1);
      const distance = editDistance(key, candidate, most);
      if (distance <= most) best = { named, distance };
    }
    return best?.named;
  };
}
