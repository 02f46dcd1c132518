/**
 * Keys of the people that records are about, one each. Who drops a key erases the person: the records stay, nobody can
 * say any more whose they are.
 */
export interface SubjectKeys {
  /** The key of a subject, made when it has none and `make` is true. `subject` is a digest, never an id. */
  keyOf(
    subject: string,
    options: { readonly make: boolean },
  ): string | undefined | Promise<string | undefined>;
  /** Drops a key for good; false when there was none. */
  erase(subject: string): boolean | Promise<boolean>;
}

/** Who a record is about. */
export interface AuditSubject {
  readonly tenantId?: string | undefined;
  readonly userId: string;
}
