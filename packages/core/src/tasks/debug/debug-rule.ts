/**
 * What is known about one kind of error. Every condition that is given has to hold, and at least one has to be given;
 * the more a rule asks for, the more its advice counts. In the texts `{service}`, `{endpoint}` and `{status}` stand for
 * the case at hand.
 *
 * @example
 * const rule: DebugRule = {
 *   id: "acme-quota",
 *   services: ["acme_crm"],
 *   phrases: ["ACME-4017"],
 *   finding: "the Acme contract allows no more contacts",
 *   causes: ["All contacts of the contract are used"],
 *   fixes: ["Delete old contacts in Acme, or widen the contract"],
 *   prevention: ["Alert at 80 % of the contacts"],
 * };
 */
export interface DebugRule {
  /** Unique. Problems of the configuration are named by it. */
  readonly id: string;
  /** One of these HTTP statuses, 100 to 599. @default any, or none */
  readonly status?: readonly number[] | undefined;
  /**
   * One of these services: an id of the service catalogue, or another service's name in lower case with underscores
   * ("Acme CRM" is `acme_crm`). @default any, or none
   */
  readonly services?: readonly string[] | undefined;
  /**
   * One of these stands in the error's type or message, as whole words; case and punctuation do not matter, so
   * "not in channel" also finds `not_in_channel`. @default any text
   */
  readonly phrases?: readonly string[] | undefined;
  /**
   * `alone`: it says all there is to say, and other advice would contradict it. `broad`: it only puts into words what
   * a status says, so it gives way to every rule that knows more. @default neither
   */
  readonly reach?: "alone" | "broad" | undefined;
  /** What is wrong, as the end of a sentence without its full stop: "the token is not valid". */
  readonly finding: string;
  /** At least one, most likely first. */
  readonly causes: readonly string[];
  /** At least one, in the order to try them. */
  readonly fixes: readonly string[];
  /** At least one. */
  readonly prevention: readonly string[];
}
