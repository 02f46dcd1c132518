import { nameKey } from "./name-key.js";
import type { Service } from "./service.js";
import { thingsIn, usualAbility } from "./service-abilities.js";
import { serviceCatalogue } from "./service-catalogue.js";
import type { ServiceDefinition } from "./service-definition.js";

/** Definitions as services: what they leave out is what their category usually is. */
export const ownServices = (definitions: readonly ServiceDefinition[]): readonly Service[] =>
  definitions.map(toService);

function toService(definition: ServiceDefinition): Service {
  const { id, category, aliases = [], everydayNames = [] } = definition;
  const usual = usualAbility(category);
  const name = definition.name.trim();
  const starts = lowered(definition.starts ?? usual.starts);
  const others = lowered([...aliases, ...everydayNames]);
  return {
    id,
    name,
    category,
    aliases: others,
    everydayNames: [...lowered(everydayNames), ...stillEveryday(id, [id, name, ...others])],
    things: [...thingsIn(category), ...starts],
    starts,
    does: lowered(definition.does ?? usual.does),
  };
}

const lowered = (texts: readonly string[]) => texts.map((text) => text.trim().toLowerCase());

// "forms" and "email" stay everyday words, whoever replaces the services with these ids.
function stillEveryday(id: string, names: readonly string[]): readonly string[] {
  const replaced = serviceCatalogue().find((service) => service.id === id)?.everydayNames ?? [];
  const keys = new Set(replaced.map(nameKey));
  return names.filter((name) => keys.has(nameKey(name)));
}
