import { isDeepStrictEqual } from "node:util";
import type { CachedReply } from "@levqor/core";

/** Changes with the shape of what is stored: an entry of another version is not read. */
const version = 1;

/** A reply as it is stored. */
export interface ReplyEnvelope {
  /** Digest of partition and key that it is the reply to. */
  readonly owner: string;
  readonly reply: CachedReply;
  /** By the cache's own clock, when it was given one. */
  readonly endsAtMs: number | undefined;
}

/** As text; nothing for a reply that would be another one after it was read again. */
export function sealReply({ owner, reply, endsAtMs }: ReplyEnvelope): string | undefined {
  const given = Object.fromEntries(Object.entries(reply).filter(([, value]) => value !== undefined));
  try {
    const text = JSON.stringify({ version, owner, endsAtMs, reply: given });
    return isDeepStrictEqual(JSON.parse(text).reply, given) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** What was stored for this owner; nothing when the text is broken, of another version or of another owner. */
export function openReply(text: string, owner: string): ReplyEnvelope | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (!isRecord(found) || found["version"] !== version || found["owner"] !== owner) return undefined;
    const { reply, endsAtMs } = found;
    if (endsAtMs !== undefined && typeof endsAtMs !== "number") return undefined;
    return isReply(reply) ? { owner, reply, endsAtMs } : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isReply = (reply: unknown): reply is CachedReply =>
  isRecord(reply) &&
  ["text", "provider", "model"].every((field) => ["undefined", "string"].includes(typeof reply[field])) &&
  ("text" in reply || "value" in reply) &&
  (reply["usage"] === undefined || isUsage(reply["usage"]));

const isUsage = (usage: unknown): boolean =>
  isRecord(usage) &&
  ["reported", "estimated"].includes(String(usage["source"])) &&
  ["inputTokens", "outputTokens"].every((field) => Number.isFinite(usage[field]));
