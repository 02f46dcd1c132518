import { createHmac } from "node:crypto";
import * as z from "zod";
import type { AuditRecord } from "../../audit/audit-record.js";
import type { AuditSink } from "../../audit/audit-sink.js";
import { auditText } from "../../audit/audit-text.js";
import type { AuditSubject, SubjectKeys } from "../../audit/subject-keys.js";
import { implementationSchema } from "../../errors/implementation-schema.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import { secretSchema } from "../../errors/secret-schema.js";
import { checkAuditOptions, sinkOption } from "./check-audit-options.js";
import { auditMac } from "./hmac-audit-chain.js";

/** Options of {@link pseudonymousAuditSink}. */
export interface PseudonymousAuditSinkOptions {
  /** Gets the records, with pseudonyms in place of user ids. */
  readonly sink: AuditSink;
  /** Secret of at least 32 bytes; who has it can compute pseudonyms, but not read ids out of them. */
  readonly key: string | Uint8Array;
  /** A key for each user, so that one can be erased: `fileSubjectKeys({ path })`. @default none: nobody can be */
  readonly subjects?: SubjectKeys | undefined;
}

/** A sink that writes no user ids. */
export interface PseudonymousAuditSink extends AuditSink {
  /** What stands in a user's records instead of the id; undefined when the user has no records, or was erased. */
  pseudonymOf(subject: AuditSubject): Promise<string | undefined>;
  /**
   * Drops a user's key: the records stay and verify, but nobody can find out any more whose they are. A later record
   * of the same user gets another pseudonym. False when there was nothing to erase.
   *
   * @throws `invalid_config` when the sink has no `subjects`.
   */
  eraseSubject(subject: AuditSubject): Promise<boolean>;
}

const schema = z.strictObject({
  sink: sinkOption,
  key: secretSchema(),
  subjects: implementationSchema("keyOf", "erase"),
});

/**
 * Puts a pseudonym in place of the user id of every record, before it goes to another sink: an HMAC of tenant and user,
 * under the key and the user's own.
 *
 * @throws `invalid_config` with every mistake in the options, such as a key that is too short.
 */
export function pseudonymousAuditSink(options: PseudonymousAuditSinkOptions): PseudonymousAuditSink {
  checkAuditOptions(schema, options);
  const { sink, subjects } = options;
  const { mac } = auditMac(options.key);
  // As in the record, where the ids are texts that are fit to be shown.
  const digestOf = ({ tenantId, userId }: AuditSubject) =>
    mac(JSON.stringify([auditText(tenantId) ?? null, auditText(userId)]));

  async function pseudonym(subject: AuditSubject, make: boolean): Promise<string | undefined> {
    const digest = digestOf(subject);
    if (subjects === undefined) return digest;
    const key = await subjects.keyOf(digest, { make });
    return key === undefined ? undefined : createHmac("sha256", key).update(digest).digest("base64url");
  }

  async function write(record: AuditRecord, userId: string): Promise<void> {
    const user_id = await pseudonym({ tenantId: record.tenant_id, userId }, true);
    if (user_id === undefined) throw new Error("The store of subject keys gave no key.");
    await sink.write({ ...record, user_id });
  }

  return {
    ...(sink.spools === true ? { spools: true } : {}),
    write: (record) => (record.user_id === undefined ? sink.write(record) : write(record, record.user_id)),
    close: () => sink.close?.(),
    pseudonymOf: (subject) => pseudonym(subject, false),
    async eraseSubject(subject) {
      if (subjects === undefined)
        throw invalidConfig("The user can't be erased", ["subjects: give the sink a store of subject keys"]);
      return subjects.erase(digestOf(subject));
    },
  };
}
