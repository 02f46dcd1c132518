import type { ServiceCategory } from "./service.js";

/**
 * An app that workflows of this product can use and that the built-in catalogue does not have, or knows otherwise: a
 * definition with the id of a built-in service replaces it, names included.
 *
 * @example
 * const acme: ServiceDefinition = {
 *   id: "acme_crm",
 *   name: "Acme CRM",
 *   aliases: ["acme"],
 *   category: "crm",
 *   starts: ["lead", "deal"],
 * };
 */
export interface ServiceDefinition {
  /** Lower case with underscores, at most 80 characters; what steps name: `acme_crm`. */
  readonly id: string;
  /** As its maker writes it, at most 80 characters. Texts and explanations call it so. */
  readonly name: string;
  /**
   * What kind of app it is. A vague description ("add the lead to the CRM") means a connected app of the kind that it
   * speaks of. `built_in` needs no account.
   */
  readonly category: ServiceCategory;
  /** Other names that people write. Case, plurals and spaces need none, nor do typos in six letters or more. @default none */
  readonly aliases?: readonly string[] | undefined;
  /**
   * Those of its names, or further ones, that are everyday words too: of "Beacon" only "in Beacon" or "via Beacon"
   * means the app, and nothing is a typo of it. @default none
   */
  readonly everydayNames?: readonly string[] | undefined;
  /**
   * What happens in it that can start a workflow, in the singular: `order`, `form submission`. `[]` when it tells nobody
   * and has to be asked. @default what apps of its category tell of
   */
  readonly starts?: readonly string[] | undefined;
  /**
   * What an action can do there: `create`, `send`. Things are only taken out of it where it can `get`, `search`, `query`
   * or `download`. @default what apps of its category do
   */
  readonly does?: readonly string[] | undefined;
}
