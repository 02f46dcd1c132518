import { setImmediate as endOfTurn } from "node:timers/promises";
import * as z from "zod";
import type { AuditChain } from "../audit/audit-chain.js";
import type { AuditRecord } from "../audit/audit-record.js";
import type { AuditSink } from "../audit/audit-sink.js";
import type { Clock } from "../clock.js";
import { type AuditRotation, auditFile } from "./audit/audit-file.js";
import { checkAuditOptions, clockOption, countOption, pathOption } from "./audit/check-audit-options.js";
import { realPath } from "./audit/real-path.js";
import { unrefClock } from "./unref-clock.js";

/** Options of {@link ndjsonAuditSink}. */
export interface NdjsonAuditSinkOptions {
  /** File to append to; its folder is made when it is missing. */
  readonly path: string;
  /** Chains the entries, so that later changes can be found: `hmacAuditChain({ key })`. @default none: plain lines */
  readonly chain?: AuditChain | undefined;
  /** When the file is put aside as `<name>.000001<extension>` and a new one begun. @default never */
  readonly rotate?: AuditRotation | undefined;
  /**
   * Whether a call waits until its record is on the disk, not only with the operating system. Records that wait
   * together share one fsync. @default false
   */
  readonly fsync?: boolean | undefined;
  /** Records that may wait; one more is refused. @default 10_000 */
  readonly maxPending?: number | undefined;
  /** @default the machine's time */
  readonly clock?: Clock | undefined;
}

const isChain = (value: object): boolean =>
  typeof Reflect.get(value, "mac") === "function" && typeof Reflect.get(value, "digest") === "function";

const schema = z.strictObject({
  path: pathOption,
  chain: z
    .custom((value) => isChain(Object(value)), "must be a chain, such as hmacAuditChain({ key })")
    .optional(),
  rotate: z
    .strictObject(
      { maxBytes: countOption.optional(), daily: z.boolean("must be true or false").optional() },
      "must be an object: { maxBytes?, daily? }",
    )
    .optional(),
  fsync: z.boolean("must be true or false").optional(),
  maxPending: countOption.optional(),
  clock: clockOption,
});

/** More would hold up other work while they are chained. */
const MAX_BATCH = 500;
interface Batch {
  readonly records: AuditRecord[];
  readonly written: Promise<void>;
}

/**
 * Appends one line of JSON a call to a file. A call waits until its line is with the operating system; calls that end
 * meanwhile are written together. Several processes of one machine may write the same file: they take turns. A last
 * line that a crash has torn is cut off and written down as a gap.
 *
 * @throws `invalid_config` with every mistake in the options.
 */
export function ndjsonAuditSink(options: NdjsonAuditSinkOptions): AuditSink {
  checkAuditOptions(schema, options);
  const { chain, rotate, fsync = false, maxPending = 10_000, clock = unrefClock } = options;
  const file = auditFile({ path: realPath(options.path), chain, rotate, fsync, clock });
  let last: Promise<unknown> = Promise.resolve();
  let filling: Batch | undefined;
  let pending = 0;
  let cancelCheckpoint: (() => void) | undefined;

  /** Takes records until the file is ours: all that end in one turn of the event loop, or while another process writes. */
  function startBatch(): Batch {
    const records: AuditRecord[] = [];
    const take = () => {
      if (filling?.records === records) filling = undefined;
      return records;
    };
    const written = last.then(async () => {
      try {
        await endOfTurn();
        await file.append(take);
      } finally {
        pending -= take().length;
        planCheckpoint();
      }
    });
    last = written.catch(() => {}); // its calls are told
    return { records, written };
  }

  function planCheckpoint(): void {
    const dueInMs = file.checkpointInMs();
    if (dueInMs === undefined || cancelCheckpoint !== undefined) return;
    cancelCheckpoint = clock.setTimer(dueInMs, () => {
      cancelCheckpoint = undefined;
      last = last.then(() => file.append(() => [])).then(planCheckpoint, () => {}); // the next record tries again
    });
  }

  return {
    write(record) {
      if (pending >= maxPending) throw new Error("Too many records wait for the audit file.");
      pending += 1;
      if (filling === undefined || filling.records.length >= MAX_BATCH) filling = startBatch();
      filling.records.push(record);
      return filling.written;
    },
    async close() {
      await last;
      cancelCheckpoint?.();
      cancelCheckpoint = undefined;
      await file.close();
    },
  };
}
