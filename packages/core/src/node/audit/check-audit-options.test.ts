import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { consoleAuditSink } from "../../audit/console-audit-sink.js";
import { memorySubjectKeys } from "../../audit/memory-subject-keys.js";
import { isGatewayError } from "../../errors/gateway-error.js";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import { auditDigest } from "./audit-digest.js";
import { auditKey, testFolder } from "./audit-records.test-support.js";
import { fileSubjectKeys } from "./file-subject-keys.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";
import { pseudonymousAuditSink } from "./pseudonymous-audit-sink.js";
import { spooledAuditSink } from "./spooled-audit-sink.js";
import { tenantAuditSink } from "./tenant-audit-sink.js";
import { verifyAudit } from "./verify-audit.js";

type Maker = (options: never) => unknown;

/** What is wrong with options that TypeScript would not let pass. */
async function problemsOf(make: Maker, options: unknown): Promise<readonly string[]> {
  try {
    await make(options as never);
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
}

const verify: Maker = (options) => verifyAudit([], options);
const sink = consoleAuditSink({ write() {} });
const secret = "CANARY a secret that is long enough";
const unknown = (name: string) => `${name}: there is no such option; check its spelling`;
const mustBeSink = "sink: must be an object with write()";
const mustBeClock = "clock: must be an object with now() and monotonic() and setTimer()";

describe("checkAuditOptions", () => {
  it.each<[string, Maker, unknown, readonly string[]]>([
    ["ndjsonAuditSink, nothing", ndjsonAuditSink, undefined, ["path: is missing"]],
    ["ndjsonAuditSink, null", ndjsonAuditSink, null, ["path: is missing"]],
    ["ndjsonAuditSink, a path alone", ndjsonAuditSink, "CANARY", ["options: must be an object"]],
    ["ndjsonAuditSink, an empty path", ndjsonAuditSink, { path: "" }, ["path: must not be empty"]],
    ["ndjsonAuditSink, a path that is none", ndjsonAuditSink, { path: 7 }, ["path: must be a text"]],
    [
      "ndjsonAuditSink, every mistake",
      ndjsonAuditSink,
      { chain: { key: secret }, rotate: true, fsync: "yes", maxPending: 0, clock: {}, file: "CANARY" },
      [
        "path: is missing",
        "chain: must be a chain, such as hmacAuditChain({ key })",
        "rotate: must be an object: { maxBytes?, daily? }",
        "fsync: must be true or false",
        "maxPending: must be an integer of 1 or more",
        mustBeClock,
        unknown("file"),
      ],
    ],
    [
      "ndjsonAuditSink, a rotation",
      ndjsonAuditSink,
      { path: "CANARY", rotate: { maxBytes: 0.5, daily: 1, size: 5 } },
      [
        "rotate.maxBytes: must be an integer of 1 or more",
        "rotate.daily: must be true or false",
        unknown("rotate.size"),
      ],
    ],
    ["spooledAuditSink, nothing", spooledAuditSink, {}, ["sink: is missing", "folder: is missing"]],
    [
      "spooledAuditSink, every mistake",
      spooledAuditSink,
      { sink: {}, folder: "", maxBytes: -1, timeoutMs: 0, retryMs: "1", logger: console.log, retry: 1 },
      [
        mustBeSink,
        "folder: must not be empty",
        "maxBytes: must be an integer of 1 or more",
        "timeoutMs: must be more than 0",
        "retryMs: must be more than 0",
        "logger: must be an object with info() and warn() and error()",
        unknown("retry"),
      ],
    ],
    ["tenantAuditSink, nothing", tenantAuditSink, {}, ["folder: is missing", "open: is missing"]],
    [
      "tenantAuditSink, a sink in place of its maker",
      tenantAuditSink,
      { folder: "CANARY", open: sink, maxOpen: 1.5 },
      ["open: must be a function", "maxOpen: must be an integer of 1 or more"],
    ],
    ["pseudonymousAuditSink, nothing", pseudonymousAuditSink, {}, ["sink: is missing", "key: is missing"]],
    [
      "pseudonymousAuditSink, every mistake",
      pseudonymousAuditSink,
      { sink: "CANARY", key: "CANARY", subjects: new Map(), keys: memorySubjectKeys() },
      [
        mustBeSink,
        "key: must have at least 32 bytes",
        "subjects: must be an object with keyOf() and erase()",
        unknown("keys"),
      ],
    ],
    ["fileSubjectKeys, nothing", fileSubjectKeys, undefined, ["path: is missing"]],
    ["auditDigest, nothing", auditDigest, undefined, ["key: is missing"]],
    ["hmacAuditChain, nothing", hmacAuditChain, {}, ["key: is missing"]],
    [
      "hmacAuditChain, every mistake",
      hmacAuditChain,
      {
        key: 42,
        signingKey: secret,
        partition: 7,
        checkpointRecords: 0,
        checkpointMs: -1,
        signinKey: secret,
      },
      [
        "key: must be a text or bytes",
        "signingKey: must be an Ed25519 private key in PEM (PKCS #8)",
        "partition: must be a text",
        "checkpointRecords: must be an integer of 1 or more",
        "checkpointMs: must be more than 0",
        unknown("signinKey"),
      ],
    ],
    ["verifyAudit, nothing", verify, undefined, ["key: give `key`, `publicKey` or both"]],
    [
      "verifyAudit, every mistake",
      verify,
      { key: auditKey, publicKey: 42, head: secret, partial: 1, checkpointRecords: 0, publickey: secret },
      [
        "publicKey: must be an Ed25519 public key in PEM (SPKI)",
        "head: must have seq and hash",
        "partial: must be true or false",
        "checkpointRecords: must be an integer of 1 or more",
        unknown("publickey"),
      ],
    ],
  ])("names every mistake and no value: %s", async (_, make, options, expected) => {
    expect(await problemsOf(make, options)).toEqual(expected);
  });

  it("takes what is right, also when an option is undefined", async () => {
    const path = join(await testFolder(), "audit.ndjson");
    const { privateKey: signingKey } = generateKeyPairSync("ed25519");
    const key = new TextEncoder().encode(auditKey);
    const chain = hmacAuditChain({ key, signingKey, partition: undefined, checkpointMs: Infinity });
    expect(await problemsOf(ndjsonAuditSink, { path, chain, rotate: {}, clock: undefined })).toEqual([]);
    expect(await problemsOf(spooledAuditSink, { sink, folder: path, logger: undefined })).toEqual([]);
    expect(await problemsOf(tenantAuditSink, { folder: path, open: () => sink })).toEqual([]);
    expect(await problemsOf(pseudonymousAuditSink, { sink, key, subjects: memorySubjectKeys() })).toEqual([]);
  });
});
