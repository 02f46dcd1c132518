import { type Clock, GatewayError } from "@levqor/core";
import { unrefClock } from "@levqor/core/node";
import { borrowClient } from "./borrow-client.js";
import { checkedTimeout } from "./checked-timeout.js";
import { type Deadline, deadlineIn } from "./deadline.js";
import type { PostgresPool } from "./postgres-pool.js";
import { schemaName } from "./schema-name.js";
import { isBroken, isConflict, isUndefined } from "./sql-state.js";

/** What every store of this package takes. */
export interface PostgresOptions {
  /** A `Pool` of `pg`; it stays yours. */
  readonly pool: PostgresPool;
  /** Schema of the tables, as given to `migrate`. @default "public" */
  readonly schema?: string | undefined;
  /** Milliseconds that an operation may take, with the wait for a connection. @default 2_000 */
  readonly timeoutMs?: number | undefined;
  /** @default the machine's time */
  readonly clock?: Clock | undefined;
}

/** Statements that end in time. */
export interface Database {
  /** What stands before the names of tables and functions: `"public".` */
  readonly prefix: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /**
   * Runs one statement, on any connection; again while it collides with others. `values` is called right before it is
   * sent, with the milliseconds that are left: the server is to stop waiting then too.
   *
   * @throws `store_unavailable` when PostgreSQL refuses, can't be reached, or takes longer than `timeoutMs`.
   */
  query(text: string, values?: (waitMs: number) => readonly unknown[]): Promise<readonly Row[]>;
}

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

const FIRST_RETRY_MS = 5;
const LONGEST_RETRY_MS = 80;

/**
 * Makes the statements of a store end in time.
 *
 * @throws `invalid_config` for a schema or a timeout that makes no sense.
 */
export function database({ pool, schema = "public", ...options }: PostgresOptions): Database {
  const { clock = unrefClock } = options;
  const timeoutMs = checkedTimeout(options.timeoutMs ?? 2_000);
  const prefix = `"${schemaName(schema)}".`;

  async function attempt(text: string, values: (waitMs: number) => readonly unknown[], deadline: Deadline) {
    const client = await borrowClient(pool, deadline);
    try {
      const { rows } = await deadline.race(client.query(text, [...values(deadline.leftMs())]));
      client.release();
      return rows as readonly Row[]; // as: `pg` gives objects
    } catch (error) {
      // A connection that is late or broken must not be used again.
      client.release(isBroken(error));
      throw error;
    }
  }

  return {
    prefix,
    timeoutMs,
    clock,
    async query(text, values = () => []) {
      const deadline = deadlineIn(timeoutMs, clock);
      for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(LONGEST_RETRY_MS, delayMs * 2)) {
        try {
          return await attempt(text, values, deadline);
        } catch (error) {
          const waitMs = delayMs * (0.5 + Math.random());
          if (!isConflict(error) || deadline.leftMs() <= waitMs) throw unavailable(error);
          await new Promise<void>((resolve) => clock.setTimer(waitMs, resolve));
        }
      }
    },
  };
}

/** The server's own words may hold values: they stay in the cause. */
function unavailable(cause: unknown): GatewayError {
  const what = isUndefined(cause) ? "has no such table: run `migrate`" : "did not do what it was asked";
  return new GatewayError("store_unavailable", `PostgreSQL ${what}.`, { cause });
}
