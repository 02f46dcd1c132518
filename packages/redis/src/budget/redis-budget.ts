import {
  type Budget,
  type BudgetCapOptions,
  type BudgetOptions,
  type BudgetUsage,
  type BudgetVerdict,
  type Clock,
  systemClock,
} from "@levqor/core";
import { resolveBudgetOptions } from "@levqor/core/stores";
import { openStore, type RedisStoreOptions } from "../connection/open-store.js";
import { pendingCommands } from "../connection/pending-commands.js";
import { mayHaveRun } from "../connection/redis-connection.js";
import { bookingsOf, type CallOwner, reopened, usageOf } from "./booking.js";
import { budgetLedger, type Holding } from "./budget-ledger.js";
import { assertAmount, openReservations } from "./open-reservations.js";

/** What {@link redisBudget} takes. */
export interface RedisBudgetOptions extends RedisStoreOptions, BudgetOptions {
  /** Most settlements that wait for Redis while it is away; beyond it a settlement rejects. @default 10_000 */
  readonly maxPending?: number | undefined;
  /** @default the server's own time for leases, this machine's for days and months */
  readonly clock?: Clock | undefined;
}

/** A budget that all processes share. */
export interface RedisBudget extends Budget {
  reserve(request: Parameters<Budget["reserve"]>[0]): Promise<BudgetVerdict>;
  setCaps(caps: BudgetCapOptions | undefined): void;
  /** The caps that a call of this task and caller counts against; those of the whole gateway when left out. */
  usage(of?: CallOwner): Promise<readonly BudgetUsage[]>;
  /** Settlements that wait for Redis. */
  readonly pending: number;
  /** Writes the settlements that wait. @throws `store_unavailable` when some still do. */
  flush(): Promise<void>;
  /** Writes the settlements that wait, and tries no longer; before the process ends. @throws as `flush` */
  close(): Promise<void>;
}

/**
 * Keeps budgets in Redis, for all processes together: a reservation is checked against and entered in every cap by one
 * script, so no number of processes can overspend. A process that dies leaves reservations behind; they are freed when
 * their lease ends.
 *
 * Reserving fails when Redis does not answer. A settlement never does: it waits in this process until Redis is back,
 * and is charged exactly once, however often it had to be sent.
 *
 * All keys of a budget have one hash tag, `{<prefix>budget}`, as one script needs the caps of gateway, tenant, user and
 * task: in Redis Cluster they lie on one node.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * redisBudget({ client: new Redis(), gateway: { dailyUsd: 50 }, tenant: { monthlyUsd: 10 } });
 */
export function redisBudget(options: RedisBudgetOptions): RedisBudget {
  const { maxPending = 10_000, clock } = options;
  let resolved = resolveBudgetOptions(options);
  const isCount = Number.isSafeInteger(maxPending) && maxPending > 0;
  const { connection, prefix } = openStore(
    options,
    "redisBudget",
    isCount ? [] : ["maxPending: must be a positive integer"],
  );
  const { leaseMs } = resolved;
  const root = `{${prefix}budget}`;
  const ledger = budgetLedger({ connection, root, leaseMs, clock, alertAt: () => resolved.alertAt });
  const pending = pendingCommands(maxPending);
  const nowMs = () => (clock ?? systemClock).now();
  const reservationOf = openReservations({
    ledger,
    pending,
    reopen: (bookings) => reopened(resolved, bookings, nowMs()),
    onAlert: (alert) => resolved.onAlert(alert),
  });

  return {
    async reserve({ task, caller, microUsd, degraded = false }) {
      assertAmount(microUsd);
      const bookings = bookingsOf(resolved, { task, caller }, nowMs());
      const holding: Holding = { id: crypto.randomUUID(), bookings, microUsd, degraded };
      try {
        const result = await ledger.hold(holding);
        return result.granted
          ? { granted: true, reservation: reservationOf(holding, result.before) }
          : result;
      } catch (error) {
        // It may be set aside all the same, or still be on its way: whatever comes of it is given back.
        if (mayHaveRun(error))
          void pending.land(async () => void (await ledger.settle(holding, 0))).catch(() => {});
        throw error;
      }
    },
    setCaps(caps) {
      resolved = resolveBudgetOptions({ ...(caps ?? options), onAlert: options.onAlert, leaseMs });
    },
    async usage(of = {}) {
      const bookings = bookingsOf(resolved, of, nowMs());
      const standings = await ledger.read(bookings);
      return bookings.flatMap((booking, index) => {
        const standing = standings[index];
        return standing === undefined ? [] : [usageOf(booking, standing)];
      });
    },
    get pending() {
      return pending.size;
    },
    flush: pending.flush,
    close: pending.close,
  };
}
