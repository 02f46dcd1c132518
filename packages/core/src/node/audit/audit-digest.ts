import * as z from "zod";
import { canonicalJson } from "../../audit/canonical-json.js";
import { secretSchema } from "../../errors/secret-schema.js";
import { checkAuditOptions } from "./check-audit-options.js";
import { auditMac } from "./hmac-audit-chain.js";

/**
 * Makes keyed digests for the gateway's option `auditDigest`: HMAC-SHA-256 over canonical JSON. The prompt that the hook
 * `beforeRoute` gets and the reply that `afterOutput` gets have the digests that the audit record names, so that a text
 * that was kept elsewhere can be proven to be the one. Without the key nobody can guess at short texts.
 *
 * @throws `invalid_config` for a key of less than 32 bytes.
 */
export function auditDigest(options: { readonly key: string | Uint8Array }): (value: object) => string {
  checkAuditOptions(z.strictObject({ key: secretSchema() }), options);
  const { mac } = auditMac(options.key);
  return (value) => mac(canonicalJson(value));
}
