import { type Clock, GatewayError, type RatePermit } from "@levqor/core";
import type { AnsweredMarks } from "../connection/answered-marks.js";
import { nowArgument } from "../connection/now-argument.js";
import type { PendingCommands } from "../connection/pending-commands.js";
import type { RedisConnection } from "../connection/redis-connection.js";
import { type AppliedLimit, refusalOf } from "./applied-limit.js";
import { releaseCall } from "./release-call.js";
import { reserveTokens } from "./reserve-tokens.js";

/** What all permits of a limiter share. */
export interface PermitServices {
  readonly connection: RedisConnection;
  readonly pending: PendingCommands;
  readonly answered: AnsweredMarks;
  /** Begins every key; holds the hash tag. */
  readonly root: string;
  readonly clock: Clock | undefined;
}

/** A correction of a token log, as the script takes it. */
interface Correction {
  readonly log: number;
  readonly window: number;
  readonly amount: number;
  readonly entry?: number;
}

/** So long a release that was sent may be sent again; a place that is not given back by then waits for its lease. */
const releaseKnownMs = 600_000;

/** The permit of a call that is counted in these limits. */
export function openPermit(
  call: string,
  limits: readonly AppliedLimit[],
  services: PermitServices,
): RatePermit {
  const { connection, clock } = services;
  const tokenLimits = limits.filter(({ kind }) => kind === "tokens");
  const tokenKeys = tokenLimits.map(({ key }) => key);
  const portions: { readonly amount: number; readonly entries: readonly number[] }[] = [];
  let isOver = false;

  return {
    async reserveTokens(tokens) {
      if (!(Number.isSafeInteger(tokens) && tokens >= 0) || isOver)
        throw new GatewayError("internal", "A permit that is not released takes whole tokens, 0 or more.");
      if (tokenLimits.length === 0) return undefined;
      const bounds = tokenLimits.flatMap(({ limit, windowMs }) => [limit, windowMs]);
      const given = [nowArgument(clock), tokens, ...bounds];
      const answer = (await connection.run(reserveTokens, tokenKeys, given)) as readonly unknown[];
      const [isGranted, ...rest] = answer.map(Number);
      if (isGranted !== 1) return refusalOf(tokenLimits[(rest[0] ?? 0) - 1], rest[1] ?? 0);
      portions.push({ amount: tokens, entries: rest });
      return undefined;
    },
    async release(usedTokens) {
      if (isOver) return;
      isOver = true;
      await giveBack(
        call,
        { limits, corrections: correctionsOf(portions, tokenLimits, usedTokens) },
        services,
      );
    },
  };
}

/** Gives back what a call holds, now or as soon as Redis is back. */
export function giveBack(
  call: string,
  held: { readonly limits: readonly AppliedLimit[]; readonly corrections: readonly Correction[] },
  { connection, pending, answered, root, clock }: PermitServices,
): Promise<void> {
  const keysOf = (kind: string) => held.limits.filter((limit) => limit.kind === kind).map(({ key }) => key);
  const [places, logs] = [keysOf("concurrent"), keysOf("tokens")];
  const mark = `${root}:over:${call}`;
  const corrections = JSON.stringify(held.corrections);
  const endsAtMs = performance.now() + releaseKnownMs;
  return pending.land(async () => {
    if (performance.now() > endsAtMs) return;
    const given = [nowArgument(clock), call, releaseKnownMs, places.length, logs.length, corrections];
    await connection.run(releaseCall, [mark, ...places, ...logs, ...answered.take()], given);
    if (held.corrections.length > 0) answered.add(mark);
  });
}

/** How the tokens set aside become those used. A figure that is no amount leaves all of them counted. */
function correctionsOf(
  portions: readonly { readonly amount: number; readonly entries: readonly number[] }[],
  limits: readonly AppliedLimit[],
  usedTokens: number,
): readonly Correction[] {
  const reserved = portions.reduce((sum, { amount }) => sum + amount, 0);
  if (usedTokens > reserved) {
    const amount = Math.ceil(usedTokens) - reserved;
    return limits.map(({ windowMs }, index) => ({ log: index + 1, window: windowMs, amount }));
  }
  let excess = usedTokens >= 0 ? reserved - Math.ceil(usedTokens) : 0;
  return portions.toReversed().flatMap(({ amount: most, entries }) => {
    const amount = Math.min(excess, most);
    excess -= amount;
    if (amount === 0) return [];
    return entries.map((entry, index) => ({
      log: index + 1,
      window: limits[index]?.windowMs ?? 0,
      amount,
      entry,
    }));
  });
}
