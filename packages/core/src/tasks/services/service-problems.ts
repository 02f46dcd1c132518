import * as z from "zod";
import { optionProblems } from "../../errors/option-problems.js";
import { once } from "../../once.js";
import { nameKey } from "./name-key.js";
import { isCategory, serviceCategories } from "./service-abilities.js";
import { serviceCatalogue } from "./service-catalogue.js";
import type { ServiceDefinition } from "./service-definition.js";

const longest = 80;
const serviceSchema = once(() => {
  const text = z
    .string("must be a text")
    .max(longest, `use at most ${longest} characters`)
    .refine((value) => value.trim() !== "", { error: "is empty", abort: true });
  const name = text.refine((value) => nameKey(value).length > 1, "use at least two letters or digits");
  const texts = z.array(text, "must be a list of texts").optional();
  const names = z.array(name, "must be a list of texts").optional();

  return z.strictObject(
    {
      id: name.regex(/^[a-z][a-z0-9_]*$/u, "use lower case with underscores, a letter first"),
      name,
      category: z.string("must be a text").refine(isCategory, `use one of ${serviceCategories.join(", ")}`),
      aliases: names,
      everydayNames: names,
      starts: texts,
      does: texts,
    },
    "must be an object",
  );
});

/** What is wrong with a product's own services, one line each; nothing when all is well. */
export function serviceProblems(services: readonly ServiceDefinition[]): readonly string[] {
  const serviceList = z.array(serviceSchema(), "must be a list of services");
  const problems = optionProblems(z.object({ services: serviceList }), { services });
  if (!Array.isArray(services)) return problems;
  const sound = services.map((service) => (serviceSchema().safeParse(service).success ? service : undefined));
  return [...problems, ...repeatedIds(sound), ...sharedNames(sound)];
}

type Sound = readonly (ServiceDefinition | undefined)[];

function repeatedIds(services: Sound): string[] {
  const ids = services.map((service) => service?.id);
  return ids.flatMap((id, index) =>
    id === undefined || ids.indexOf(id) === index
      ? []
      : [`services.${index}.id: another service has this id`],
  );
}

/** One problem for each name by which two services would be found. */
function sharedNames(services: Sound): string[] {
  if (services.length === 0) return [];
  const owners = builtInOwners(new Set(services.map((service) => service?.id)));
  return services.flatMap((service, index) => {
    if (service === undefined) return [];
    const self = { id: service.id, told: `services.${index}`, way: "choose another" };
    return placedNames(service).flatMap(([place, written]) => {
      const key = singular(written);
      const owner = owners.get(key) ?? self;
      owners.set(key, owner);
      if (owner.id === self.id) return [];
      return [`services.${index}.${place}: ${owner.told} goes by this name; ${owner.way}`];
    });
  });
}

interface Owner {
  readonly id: string;
  /** How a problem names it. */
  readonly told: string;
  /** What to do about it. */
  readonly way: string;
}

function builtInOwners(replaced: ReadonlySet<string | undefined>): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const { id, name: own, aliases, everydayNames } of serviceCatalogue()) {
    if (replaced.has(id)) continue;
    const owner = { id, told: `the built-in service ${id}`, way: "choose another, or replace it by its id" };
    for (const each of [id, own, ...aliases, ...everydayNames]) owners.set(singular(each), owner);
  }
  return owners;
}

const placedNames = ({ id, name: own, aliases = [], everydayNames = [] }: ServiceDefinition) => [
  ["id", id] as const,
  ["name", own] as const,
  ...aliases.map((alias, index) => [`aliases.${index}`, alias] as const),
  ...everydayNames.map((each, index) => [`everydayNames.${index}`, each] as const),
];

// A plural means the same service.
const singular = (written: string) => nameKey(written).replace(/s$/u, "");
