import { invalidConfig } from "../../errors/invalid-config.js";
import { builtInNames } from "./built-in-names.js";
import { ownServices } from "./own-services.js";
import { serviceCatalogue } from "./service-catalogue.js";
import type { ServiceDefinition } from "./service-definition.js";
import { createServiceNames, type ServiceNames } from "./service-names.js";
import { serviceProblems } from "./service-problems.js";

/**
 * The built-in catalogue with a product's own services, searchable.
 *
 * @throws `invalid_config` with every mistake; `subject` says whose services they are.
 */
export function namesWith(services: readonly ServiceDefinition[], subject: string): ServiceNames {
  const problems = serviceProblems(services);
  if (problems.length > 0) throw invalidConfig(subject, problems);
  return services.length === 0 ? builtInNames : createServiceNames(serviceCatalogue, ownServices(services));
}
