import { isGatewayError } from "../errors/gateway-error.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import type { Logger } from "../logger.js";
import { auditDigest } from "./audit/audit-digest.js";
import { hmacAuditChain } from "./audit/hmac-audit-chain.js";
import { spooledAuditSink } from "./audit/spooled-audit-sink.js";
import type { GatewayEnvironment } from "./gateway-environment.js";
import { ndjsonAuditSink } from "./ndjson-audit-sink.js";

/**
 * The options that the variables of the audit stand for: a file of 100 MiB at most, then the next one; chained when there
 * is a key, which makes the digests, too. A spool is the folder `<file>.spool`.
 */
export function environmentAudit(
  environment: GatewayEnvironment,
  logger: Logger,
): Pick<AiGatewayOptions, "auditSink" | "auditFailure" | "auditDigest"> {
  const { AI_AUDIT_FILE: path, AI_AUDIT_KEY: key, AI_AUDIT_SIGNING_KEY: signingKey } = environment;
  const auditFailure = environment.AI_AUDIT_FAILURE;
  const digest = key === undefined ? {} : { auditDigest: auditDigest({ key }) };
  if (path === undefined) return { auditFailure, ...digest };
  const chain = key === undefined ? undefined : hmacAuditChain({ key, signingKey: toPem(signingKey) });
  const file = ndjsonAuditSink({ path, chain, rotate: {} });
  const spool = { sink: file, folder: `${path}.spool`, logger };
  return { auditFailure, ...digest, auditSink: auditFailure === "spool" ? spooledAuditSink(spool) : file };
}

/** What is wrong with the variables of the audit taken together, and with its keys; values are not quoted. */
export function auditProblems(
  env: Readonly<Record<string, string | undefined>>,
  hasAuditSink: boolean,
): readonly string[] {
  const { AI_AUDIT_FILE: path, AI_AUDIT_KEY: key, AI_AUDIT_SIGNING_KEY: signingKey } = env;
  const isFileMissing = path === undefined && !hasAuditSink;
  return [
    ...(isFileMissing && key !== undefined
      ? ["AI_AUDIT_KEY: needs AI_AUDIT_FILE, the file that it protects"]
      : []),
    ...(isFileMissing && env["AI_AUDIT_FAILURE"] === "spool"
      ? ["AI_AUDIT_FAILURE: spool needs AI_AUDIT_FILE, beside which the records wait"]
      : []),
    ...(signingKey !== undefined && key === undefined
      ? ["AI_AUDIT_SIGNING_KEY: needs AI_AUDIT_KEY, with which the entries are chained"]
      : []),
    ...keyProblems(key, signingKey),
  ];
}

function keyProblems(key: string | undefined, signingKey: string | undefined): readonly string[] {
  if (key === undefined) return [];
  try {
    hmacAuditChain({ key, signingKey: toPem(signingKey) });
    return [];
  } catch (error) {
    if (!isGatewayError(error, "invalid_config")) throw error;
    return error.details.problems.map((problem) =>
      problem.replace(/^key:/, "AI_AUDIT_KEY:").replace(/^signingKey:/, "AI_AUDIT_SIGNING_KEY:"),
    );
  }
}

/** Many shells and files can't hold line breaks in a variable. */
const toPem = (text: string | undefined): string | undefined => text?.replaceAll("\\n", "\n");
