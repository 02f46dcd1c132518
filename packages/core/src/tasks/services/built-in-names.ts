import { serviceCatalogue } from "./service-catalogue.js";
import { createServiceNames, type ServiceNames } from "./service-names.js";

/** The built-in catalogue, searchable: what a task knows that was given no services of its own. */
export const builtInNames: ServiceNames = createServiceNames(serviceCatalogue);
