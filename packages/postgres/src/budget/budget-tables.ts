import { createHash } from "node:crypto";
import type { Clock } from "@levqor/core";
import { limitOf } from "@levqor/core/stores";
import type { Database } from "../database.js";
import type { BookedCap, CapFigures } from "./booked-caps.js";

/** Money to be set aside, or more of it. */
export interface HoldRequest {
  readonly id: string;
  readonly microUsd: number;
  /** What the reservation has set aside already. */
  readonly heldMicroUsd: number;
  readonly degraded: boolean;
  readonly leaseMs: number;
  readonly caps: readonly BookedCap[];
  /** Called right before the server is asked: from then on it may have set the money aside without our hearing of it. */
  readonly onSend?: (() => void) | undefined;
}

/** What became of a {@link HoldRequest}. Figures are in the order of its caps, as they stood before. */
export type HoldAnswer =
  | {
      readonly outcome: "granted" | "refused";
      readonly figures: readonly (CapFigures & { readonly fits: boolean })[];
    }
  /** A rolling window has rolled on meanwhile: ask again with the caps of now. */
  | { readonly outcome: "late" }
  | { readonly outcome: "settled" };

/** A charge. */
export interface Settlement {
  readonly id: string;
  readonly microUsd: number;
  readonly caps: readonly BookedCap[];
  /** Part of a cap at which it alerts. */
  readonly alertAt: number;
}

/** What became of a {@link Settlement}. */
export interface SettleAnswer {
  /** In the order of its caps, as they stand now. */
  readonly figures: readonly CapFigures[];
  /** Places of the caps whose threshold it has reached, from 0. */
  readonly alerts: readonly number[];
}

/** The budget's tables: one round trip an operation. */
export interface BudgetTables {
  /** The time that windows are found by, milliseconds since the epoch: the server's, so that all hosts agree. */
  now(): Promise<number>;
  hold(request: HoldRequest): Promise<HoldAnswer>;
  settle(settlement: Settlement): Promise<SettleAnswer>;
  figures(caps: readonly BookedCap[]): Promise<readonly CapFigures[]>;
  /** Drops what is needed no more. */
  prune(): Promise<void>;
}

/** What was spent is kept for so long after its window has ended, for reports and for clocks that are set back. */
const KEPT_MS = 31 * 86_400_000;
const PRUNED_AT_ONCE = 1_000;

/** Makes the statements. `testClock` replaces the server's time. */
export function budgetTables(db: Database, testClock: Clock | undefined): BudgetTables {
  /** What the server's clock shows when our monotonic one shows 0. */
  let serverZeroMs: number | undefined;

  async function ask<Answer>(call: string, values?: (waitMs: number) => readonly unknown[]): Promise<Answer> {
    const [row] = await db.query(`select (${db.prefix}${call})::text as answer`, values);
    return JSON.parse(String(row?.["answer"])) as Answer; // as: our own function's; text, so that no type parser matters
  }
  async function askInTime<Answer>(call: string, values: (waitMs: number) => readonly unknown[]) {
    const answer = await ask<Answer & { readonly now: number }>(call, values);
    serverZeroMs = answer.now - db.clock.monotonic();
    return answer;
  }
  const request = (fields: object) => (waitMs: number) => [
    JSON.stringify({ ...fields, now: testClock?.now() ?? null, wait_ms: waitMs }),
  ];

  return {
    async now() {
      if (testClock !== undefined) return testClock.now();
      serverZeroMs ??= (await ask<number>("ai_epoch_ms(clock_timestamp())")) - db.clock.monotonic();
      return serverZeroMs + db.clock.monotonic();
    },
    hold({ id, microUsd, heldMicroUsd, degraded, leaseMs, caps, onSend }) {
      const fields = {
        ...{ id, micro_usd: microUsd, held_micro_usd: heldMicroUsd, lease_ms: Math.ceil(leaseMs) },
        caps: caps.map((cap) => limitedPlace(cap, degraded)),
      };
      return askInTime("ai_budget_hold($1)", (waitMs) => {
        onSend?.();
        return request(fields)(waitMs);
      });
    },
    settle({ id, microUsd, caps, alertAt }) {
      const entered = caps.map((cap) => ({
        ...placeOf(cap),
        kept_until: Math.ceil(cap.window.endsAtMs + cap.account.spanMs + KEPT_MS),
        alert_micro_usd: Math.ceil(alertAt * cap.account.limitMicroUsd),
      }));
      return askInTime("ai_budget_settle($1)", request({ id, micro_usd: microUsd, caps: entered }));
    },
    async figures(caps) {
      const moment = `coalesce(${db.prefix}ai_moment($2), clock_timestamp())`;
      const rows = await db.query(
        `select used::text, reserved::text, oldest::text from ${db.prefix}ai_budget_figures($1, ${moment}) order by place`,
        () => [JSON.stringify(caps.map(placeOf)), testClock?.now() ?? null],
      );
      return rows.map(({ used, reserved, oldest }) => ({
        used: Number(used),
        reserved: Number(reserved),
        oldest: oldest === null ? null : Number(oldest),
      }));
    },
    async prune() {
      const values = [testClock?.now() ?? null, PRUNED_AT_ONCE];
      await db.query(`select ${db.prefix}ai_budget_prune($1, $2)::text`, () => values);
    },
  };
}

const placeOf = ({ account, window }: BookedCap) => ({
  account: accountName(account.key),
  window_id: window.id,
  counted: window.counted,
});

const limitedPlace = (cap: BookedCap, degraded: boolean) => ({
  ...placeOf(cap),
  until: cap.window.kind === "rolling" ? cap.window.endsAtMs : null,
  limit_micro_usd: limitOf(cap.account, degraded),
});

/** An index takes no entry of more than 2,700 bytes, and an id can have any length. */
const accountName = (key: string): string =>
  key.length <= 500 ? key : `sha256:${createHash("sha256").update(key).digest("hex")}`;
