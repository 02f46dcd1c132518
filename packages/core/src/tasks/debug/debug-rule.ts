/**
 * What is known about one kind of error. Every condition that is given has to hold; the more a rule asks for, the more
 * its advice counts. In the texts `{service}`, `{endpoint}` and `{status}` stand for the case at hand.
 */
export interface DebugRule {
  readonly id: string;
  /** One of these HTTP statuses. */
  readonly status?: readonly number[] | undefined;
  /** One of these services, by catalogue id. */
  readonly services?: readonly string[] | undefined;
  /** One of these stands in the error's type or message, whole words; case and punctuation do not matter. */
  readonly phrases?: readonly string[] | undefined;
  /**
   * `alone`: it says all there is to say, and broader advice would contradict it. `broad`: it only puts into words what
   * a status says, so it gives way to every rule that knows more. @default neither
   */
  readonly reach?: "alone" | "broad" | undefined;
  /** What is wrong, as the end of a sentence: "the token is not valid". */
  readonly finding: string;
  /** Most likely first. */
  readonly causes: readonly string[];
  /** In the order to try them. */
  readonly fixes: readonly string[];
  readonly prevention: readonly string[];
}
