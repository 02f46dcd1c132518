import type { ChainFields } from "./audit-chain.js";

/** One line of a chain, taken apart; nothing of it is checked yet. */
export interface ReadEntry extends ChainFields {
  /** What the hash covers. */
  readonly covered: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const tail = /^,"hash":"([\w-]{43})","mac":"([\w-]{43})"\}$/;
const tailLength = `,"hash":"","mac":""}`.length + 2 * 43;

/** Takes a line apart; undefined when it is no entry of a chain. */
export function readEntry(line: string): ReadEntry | undefined {
  const [, hash, mac] = tail.exec(line.slice(-tailLength)) ?? [];
  if (hash === undefined || mac === undefined) return undefined;
  const covered = `${line.slice(0, -tailLength)}}`;
  const fields = parseObject(covered);
  const { partition, seq, previous_hash } = fields ?? {};
  if (fields === undefined || typeof partition !== "string" || typeof previous_hash !== "string")
    return undefined;
  if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) return undefined;
  return { partition, seq, previous_hash, hash, mac, covered, fields };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
