import * as z from "zod";
import { type Clock, systemClock } from "../../clock.js";
import { errorCodes } from "../../errors/error-codes.js";
import type { ErrorCode } from "../../errors/error-table.js";
import { implementationSchema } from "../../errors/implementation-schema.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import { optionProblems } from "../../errors/option-problems.js";
import type { Logger } from "../../logger.js";
import { clientKey } from "../../rate-limit/client-key.js";
import { unfailingLogger } from "../../unfailing-logger.js";
import { fixedIpList, followedIpList, type IpList, type IpListSource, type IpListStatus } from "./ip-list.js";
import { readNetwork } from "./ip-networks.js";
import type { IpReputation, IpVerdict } from "./ip-reputation.js";

/** What {@link memoryIpReputation} takes. */
export interface MemoryIpReputationOptions {
  /** Addresses and networks that are always answered, whatever they did and whatever `deny` says. @default none */
  readonly allow?: readonly string[] | IpListSource | undefined;
  /** Addresses and networks that are never answered. @default none */
  readonly deny?: readonly string[] | IpListSource | undefined;
  /**
   * What a failed request adds to its address's score, by code; yours are added, and 0 takes one out.
   * @default unauthenticated 1, injection_suspected 2, rate_limited 0.2, too_complex 2, payload_too_large 1,
   * invalid_json 1, unsupported_media_type 0.5, method_not_allowed 0.5, not_found 0.5
   */
  readonly points?: Readonly<Partial<Record<ErrorCode, number>>> | undefined;
  /** The score at which an address is banned. @default 20 */
  readonly banAt?: number | undefined;
  /** How long a ban lasts, milliseconds. @default 600_000 (10 minutes) */
  readonly banMs?: number | undefined;
  /** How long until half of a score is forgotten, milliseconds. @default 300_000 (5 minutes) */
  readonly halfLifeMs?: number | undefined;
  /** Most addresses with a score. Beyond it the one that failed longest ago is forgotten. @default 100_000 */
  readonly maxEntries?: number | undefined;
  /** Is told when a list can't be read. @default nobody is */
  readonly logger?: Logger | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/** What this process knows of addresses. */
export interface MemoryIpReputation extends IpReputation {
  check(ip: string): IpVerdict;
  report(ip: string, code: ErrorCode): void;
  /** Resolves when both lists have been read for the first time, well or badly: wait for it before you listen. */
  ready(): Promise<void>;
  /** How the lists stand, and how many addresses have a score. */
  status(): { readonly allow: IpListStatus; readonly deny: IpListStatus; readonly entries: number };
  /** Stops reading the lists. */
  close(): void;
}

/** What one client has done. */
interface Score {
  readonly points: number;
  readonly atMs: number;
  readonly bannedUntilMs: number;
}

const defaultPoints: Readonly<Partial<Record<ErrorCode, number>>> = {
  unauthenticated: 1,
  injection_suspected: 2,
  rate_limited: 0.2,
  too_complex: 2,
  payload_too_large: 1,
  invalid_json: 1,
  unsupported_media_type: 0.5,
  method_not_allowed: 0.5,
  not_found: 0.5,
};

/**
 * Refuses addresses by lists, and for a time by what they did: failures add to a score that fades, and a high one bans.
 * A client is counted as limits count it: IPv6 by its /56. With several processes each has scores of its own.
 *
 * A score starts from nothing after its ban only as far as it has faded, so who goes on at once is banned sooner.
 *
 * @throws `invalid_config`
 * @example
 * memoryIpReputation({
 *   allow: ["10.0.0.0/8"],
 *   deny: { read: () => readFile("deny.txt", "utf8"), reloadMs: 600_000 },
 * });
 */
export function memoryIpReputation(options: MemoryIpReputationOptions = {}): MemoryIpReputation {
  const problems = optionProblems(optionsSchema, options);
  if (problems.length > 0) throw invalidConfig("memoryIpReputation", problems);
  const { banAt = 20, banMs = 600_000, halfLifeMs = 300_000, maxEntries = 100_000 } = options;
  const { clock = systemClock } = options;
  const logger = options.logger && unfailingLogger(options.logger);
  const pointsOf = { ...defaultPoints, ...options.points };
  const allow = openList("allow", options.allow, { clock, logger });
  const deny = openList("deny", options.deny, { clock, logger });
  /** In the order of their last failure. */
  const scores = new Map<string, Score>();
  /** Goes on where it stopped, past all that was deleted: a new one would step over that again each time. */
  const oldest = scores.keys();

  function makeRoom(): void {
    const { value } = oldest.next();
    if (value !== undefined) scores.delete(value);
  }

  return {
    check(ip) {
      if (allow.has(ip)) return verdictOf(undefined);
      if (deny.has(ip)) return verdictOf("denied");
      const score = scores.get(clientKey(ip));
      return verdictOf(score !== undefined && clock.monotonic() < score.bannedUntilMs ? "banned" : undefined);
    },
    report(ip, code) {
      const added = pointsOf[code] ?? 0;
      if (added <= 0 || allow.has(ip)) return;
      const key = clientKey(ip);
      const nowMs = clock.monotonic();
      const before = scores.get(key);
      const faded = before === undefined ? 0 : before.points * 0.5 ** ((nowMs - before.atMs) / halfLifeMs);
      const points = faded + added;
      const banEndsMs = points >= banAt ? nowMs + banMs : nowMs;
      const bannedUntilMs = Math.max(before?.bannedUntilMs ?? nowMs, banEndsMs);
      if (before === undefined && scores.size >= maxEntries) makeRoom();
      scores.delete(key);
      scores.set(key, { points, atMs: nowMs, bannedUntilMs });
    },
    async ready() {
      await Promise.all([allow.ready(), deny.ready()]);
    },
    status: () => ({ allow: allow.status(), deny: deny.status(), entries: scores.size }),
    close() {
      allow.close();
      deny.close();
    },
  };
}

const verdictOf = (reason: "denied" | "banned" | undefined): IpVerdict =>
  reason === undefined ? { allowed: true } : { allowed: false, reason };

function openList(
  name: string,
  list: MemoryIpReputationOptions["deny"] = [],
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger | undefined },
): IpList {
  if ("read" in list) return followedIpList(list, { name, clock, logger });
  return fixedIpList(list, clock.now());
}

const positive = z.number("must be a number").positive("must be more than 0").optional();
const network = z.custom(
  (value) => typeof value === "string" && readNetwork(value) !== undefined,
  'must be an address or a network: "192.0.2.0/24"',
);
const list = z
  .union(
    [
      z.array(network),
      z.strictObject({ read: z.custom((value) => typeof value === "function"), reloadMs: positive }),
    ],
    'must be a list of addresses and networks, such as "192.0.2.0/24", or { read, reloadMs }',
  )
  .optional();
const optionsSchema = z.strictObject({
  allow: list,
  deny: list,
  points: z
    .partialRecord(
      z.enum(errorCodes),
      z.number("must be a number").min(0, "must be 0 or more"),
      "must name error codes",
    )
    .optional(),
  banAt: positive,
  banMs: positive,
  halfLifeMs: positive,
  maxEntries: z.int("must be an integer").min(1, "must be 1 or more").optional(),
  logger: implementationSchema("info", "warn", "error"),
  clock: implementationSchema("now", "monotonic", "setTimer"),
});
