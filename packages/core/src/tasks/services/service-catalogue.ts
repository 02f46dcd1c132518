import { once } from "../../once.js";
import { businessServices } from "./catalogue/business-services.js";
import { communicationServices } from "./catalogue/communication-services.js";
import { dataServices } from "./catalogue/data-services.js";
import { developerServices } from "./catalogue/developer-services.js";
import { workServices } from "./catalogue/work-services.js";
import type { Service, ServiceCategory } from "./service.js";
import { type Ability, abilityOf, thingsIn } from "./service-abilities.js";

const isEveryday = (name: string) => name.startsWith("~");

function service(id: string, category: ServiceCategory, names: readonly [string, ...string[]]): Service {
  const { starts, does }: Ability = abilityOf(id, category);
  return {
    id,
    name: names[0].replace("~", ""),
    category,
    aliases: names.slice(1).filter((name) => !isEveryday(name)),
    everydayNames: names.filter(isEveryday).map((name) => name.slice(1)),
    things: thingsIn(category),
    starts,
    does,
  };
}

/** Every service that a workflow step may name. */
export const serviceCatalogue = once((): readonly Service[] =>
  [communicationServices, businessServices, dataServices, workServices, developerServices].flatMap(
    (listing) =>
      // The keys of a listing are categories: its type says so, Object.entries forgets it.
      (
        Object.entries(listing) as [ServiceCategory, NonNullable<(typeof listing)[ServiceCategory]>][]
      ).flatMap(([category, services]) =>
        Object.entries(services).map(([id, names]) => service(id, category, names)),
      ),
  ),
);
