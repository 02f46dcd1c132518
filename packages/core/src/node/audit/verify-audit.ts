import { createPublicKey, KeyObject, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import * as z from "zod";
import type { AuditChain, ChainHead } from "../../audit/audit-chain.js";
import { readHead } from "../../audit/audit-head.js";
import type { AuditVerification, LinePlace } from "../../audit/audit-verification.js";
import { chainVerifier } from "../../audit/chain-verifier.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import { secretSchema } from "../../errors/secret-schema.js";
import { auditLines } from "./audit-lines.js";
import { auditSegments } from "./audit-segments.js";
import { checkAuditOptions, countOption } from "./check-audit-options.js";
import { headPath } from "./head-file.js";
import { auditMac, sha256 } from "./hmac-audit-chain.js";
import { realPath } from "./real-path.js";

/** Options of {@link verifyAudit}: give the key, the public key or both. */
export interface VerifyAuditOptions {
  /** The chain's key: every entry is checked. */
  readonly key?: string | Uint8Array | undefined;
  /** Public half of the signing key (PEM or `KeyObject`): every checkpoint is checked, and must be signed. */
  readonly publicKey?: string | KeyObject | undefined;
  /** The partition that the entries must have. @default that of the first entry */
  readonly partition?: string | undefined;
  /** Where the chain had come to by knowledge from elsewhere. @default what the file's `.head` says, with `key` */
  readonly head?: ChainHead | undefined;
  /**
   * The source is a part: it may begin after the first entry; when there is no head, it may end before the last one.
   *
   * @default false
   */
  readonly partial?: boolean | undefined;
  /** With `publicKey`: entries that may stand between two checkpoints, as the chain was set up. @default 1_000 */
  readonly checkpointRecords?: number | undefined;
}

const subject = "The audit can't be verified";

const schema = z
  .strictObject({
    key: secretSchema().optional(),
    publicKey: z
      .custom((key) => toPublicKey(key) !== undefined, "must be an Ed25519 public key in PEM (SPKI)")
      .optional(),
    partition: z.string("must be a text").optional(),
    head: z.looseObject({ seq: z.int(), hash: z.string() }, "must have seq and hash").optional(),
    partial: z.boolean("must be true or false").optional(),
    checkpointRecords: countOption.optional(),
  })
  .refine(({ key, publicKey }) => key !== undefined || publicKey !== undefined, {
    path: ["key"],
    error: "give `key`, `publicKey` or both",
  });

/**
 * Checks a chained audit from its first entry to its last and names the first thing that is wrong. Reads a stream: the
 * memory it takes does not grow with the audit.
 *
 * @param given a file's path (the files that its rotation has put aside are read before it), or entries, one line each
 * @throws `invalid_config` without a key, and when there is no such file; the system's error when one can't be read.
 */
export async function verifyAudit(
  given: string | Iterable<string> | AsyncIterable<string>,
  options: VerifyAuditOptions,
): Promise<AuditVerification> {
  checkAuditOptions(schema, options, subject);
  const { key, partition, partial = false, checkpointRecords = 1_000 } = options;
  const source = typeof given === "string" ? realPath(given) : given;
  const mac = key === undefined ? undefined : auditMac(key).mac;
  const publicKey = toPublicKey(options.publicKey);
  const verifySignature = publicKey && signatureCheck(publicKey);
  // Read before the entries: a writer at work may be ahead of it, never behind.
  const head =
    options.head ??
    (typeof source === "string" && mac ? await headOf(source, { mac, partition }) : undefined);
  const verifier = chainVerifier({
    digest: sha256,
    mac,
    verifySignature,
    partition,
    partial,
    checkpointRecords,
    head,
  });
  let place: LinePlace = { line: 0, ...(typeof source === "string" ? { file: source } : {}) };
  let torn = false;
  for await (const line of typeof source === "string" ? linesOfFiles(source) : linesOf(source)) {
    place = line.place;
    torn = !line.whole;
    if (torn || !verifier.take(line.text, place)) break;
  }
  const end = torn ? place : { ...place, line: place.line + 1 };
  return verifier.end({ at: end, torn });
}

interface PlacedLine {
  readonly text: string;
  readonly whole: boolean;
  readonly place: LinePlace;
}

async function* linesOf(source: Iterable<string> | AsyncIterable<string>): AsyncGenerator<PlacedLine> {
  let line = 0;
  for await (const text of source) {
    line += 1;
    const bare = text.replace(/\r?\n$/, "");
    if (bare !== "") yield { text: bare, whole: true, place: { line } }; // text.split("\n") ends with an empty one
  }
}

async function* linesOfFiles(path: string): AsyncGenerator<PlacedLine> {
  // Opened before the others are looked for: a writer may put it aside meanwhile.
  const live = await openIfThere(path);
  try {
    const inode = (await live?.stat())?.ino;
    for (const file of await auditSegments(path))
      if ((await stat(file)).ino !== inode) yield* linesIn(file, createReadStream(file));
    if (live !== undefined) yield* linesIn(path, live.createReadStream({ autoClose: false }));
  } finally {
    await live?.close();
  }
}

async function* linesIn(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<PlacedLine> {
  let line = 0;
  for await (const { text, whole } of auditLines(chunks))
    yield { text, whole, place: { file, line: ++line } };
}

/** Undefined when only files are there that its rotation has put aside. */
async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (Object(error).code !== "ENOENT") throw error;
    const segments = await auditSegments(path).catch(() => []); // its folder may be missing, too
    if (segments.length > 0) return undefined;
    throw invalidConfig(subject, [`there is no file ${path}; give the path that the sink was given`]);
  }
}

async function headOf(
  path: string,
  chain: { readonly mac: AuditChain["mac"]; readonly partition: string | undefined },
): Promise<ReturnType<typeof readHead>> {
  const text = await readFile(headPath(path), "utf8").catch(() => "");
  return readHead(text, chain);
}

function signatureCheck(key: KeyObject): (text: string, signature: string) => boolean {
  return (text, signature) => verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url"));
}

/** Undefined for another kind of key. The parser's own message is not passed on: it could quote the key. */
function toPublicKey(given: unknown): KeyObject | undefined {
  try {
    const key = typeof given === "string" ? createPublicKey(given) : given;
    const isFit = key instanceof KeyObject && key.type === "public" && key.asymmetricKeyType === "ed25519";
    return isFit ? key : undefined;
  } catch {
    return undefined;
  }
}
