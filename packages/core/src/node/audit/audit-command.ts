import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { ChainHead } from "../../audit/audit-chain.js";
import type { AuditVerification, LinePlace } from "../../audit/audit-verification.js";
import { isGatewayError } from "../../errors/gateway-error.js";
import { type VerifyAuditOptions, verifyAudit } from "./verify-audit.js";

const usage = `Usage: levqor-audit verify FILE [options]

Checks the audit file FILE, and the files that its rotation has put aside, from the first entry to the last.

  --key-file FILE     the chain's key       (default: the variable AI_AUDIT_KEY)
  --public-key FILE   the public key of the checkpoints, PEM
  --partition NAME    the partition that every entry must have
  --head SEQ:HASH     the last entry as you know it from elsewhere
  --checkpoint-records N
                      entries that may stand between two signatures (default: 1000)
  --partial           FILE is a part: entries before it may be missing, and without a head those after it
  --json              print the verdict as JSON

Give the key, the public key or both. Exit code: 0 verified, 1 something is wrong, 2 could not be checked.`;

/** What the command needs of its process. */
export interface CommandProcess {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
  printError(text: string): void;
}

/** Runs `levqor-audit`; gives its exit code. */
export async function auditCommand(command: CommandProcess): Promise<0 | 1 | 2> {
  try {
    const { values, positionals } = readArgs(command.args);
    const [action, file, ...more] = positionals;
    if (values.help === true) {
      command.print(usage);
      return 0;
    }
    if (action !== "verify" || file === undefined || more.length > 0) throw new Error(usage);
    const verdict = await verifyAudit(file, await toOptions(values, command.env));
    command.print(values.json === true ? JSON.stringify(verdict) : describe(file, verdict));
    return verdict.ok ? 0 : 1;
  } catch (error) {
    command.printError(reason(error));
    return 2;
  }
}

const readArgs = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      "key-file": { type: "string" },
      "public-key": { type: "string" },
      partition: { type: "string" },
      head: { type: "string" },
      "checkpoint-records": { type: "string" },
      partial: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });

async function toOptions(
  values: ReturnType<typeof readArgs>["values"],
  env: CommandProcess["env"],
): Promise<VerifyAuditOptions> {
  const { "key-file": keyFile, "public-key": publicKeyFile, partition, head, partial } = values;
  const { "checkpoint-records": checkpointRecords } = values;
  return {
    // A file ends with a line break that is not part of the key.
    key:
      keyFile === undefined
        ? env["AI_AUDIT_KEY"] || undefined
        : (await readOption("--key-file", keyFile)).trimEnd(),
    publicKey: publicKeyFile === undefined ? undefined : await readOption("--public-key", publicKeyFile),
    partition,
    head: head === undefined ? undefined : toHead(head),
    partial,
    checkpointRecords: checkpointRecords === undefined ? undefined : toCount(checkpointRecords),
  };
}

const readOption = (name: string, path: string): Promise<string> =>
  readFile(path, "utf8").catch((cause) => {
    throw new Error(`${name}: the file ${path} can't be read`, { cause });
  });

function toCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Error("--checkpoint-records: must be a whole number of 1 or more");
  return Number(text);
}

function toHead(text: string): ChainHead {
  const [, seq, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new Error("--head: must be SEQ:HASH, as a verification prints it");
  return { seq: Number(seq), hash };
}

function describe(file: string, verdict: AuditVerification): string {
  const { ok, entries, records, checkpoints, signed, last, gaps, problem } = verdict;
  const where = (at: LinePlace) => `${at.file ?? file}:${at.line}`;
  return [
    `${file}: ${ok ? "verified" : "NOT verified"}`,
    ...(problem === undefined ? [] : [`  ${problem.kind} at ${where(problem)}: ${problem.message}`]),
    `  ${ok ? "" : "before it, "}${entries} entries, among them ${counted(records, "record")} and ${counted(checkpoints, "checkpoint")}`,
    ...gaps.map(
      (gap) =>
        `  recorded gap at ${where(gap)}, entry ${gap.seq}: ${gap.reason}, ${gap.lost} entries lost for certain`,
    ),
    ...(signed === undefined
      ? []
      : [signed === 0 ? "  nothing is signed" : `  signed up to entry ${signed}`]),
    `  last entry ${last.seq}:${last.hash}`,
  ].join("\n");
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function reason(error: unknown): string {
  if (isGatewayError(error)) return error.message;
  return error instanceof Error ? error.message : "The audit could not be checked.";
}
