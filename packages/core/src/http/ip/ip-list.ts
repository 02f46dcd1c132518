import { type Clock, sleep } from "../../clock.js";
import type { Logger } from "../../logger.js";
import { type IpNetworks, ipNetworks } from "./ip-networks.js";

/** A list that is read again and again, such as a file or a feed. */
export interface IpListSource {
  /**
   * The whole list: an address or network a line; what stands behind a space, `,`, `;` or `#` is not read. Its failure
   * keeps the list that is in force.
   */
  readonly read: (signal: AbortSignal) => string | Promise<string>;
  /** How long until it is read again, milliseconds. @default 3_600_000 (an hour) */
  readonly reloadMs?: number | undefined;
}

/** How a list stands. */
export interface IpListStatus {
  /** Different networks in force. */
  readonly networks: number;
  /** Lines of the last reading that were neither a network nor a comment. */
  readonly skipped: number;
  /** When the list in force was read, milliseconds since the epoch; nothing before the first time. */
  readonly readAtMs: number | undefined;
  /** Whether the last reading failed. */
  readonly failed: boolean;
}

/** A list in force. */
export interface IpList {
  has(ip: string): boolean;
  status(): IpListStatus;
  /** Resolves when the first reading has ended, well or badly. */
  ready(): Promise<void>;
  close(): void;
}

/** Lines that are taken in before others have their turn: some milliseconds' worth. */
const linesPerTurn = 2_000;
/** A source that says nothing for so long is given up until the next time. */
const readTimeoutMs = 60_000;
/** When a reading has failed the next one comes no later than this. */
const retryMs = 60_000;

/** A list that never changes. What is no network must have been refused before. */
export function fixedIpList(networks: readonly string[], nowMs: number): IpList {
  const inForce = ipNetworks();
  for (const network of networks) inForce.add(network);
  return {
    has: (ip) => inForce.has(ip),
    status: () => ({ networks: inForce.size, skipped: 0, readAtMs: nowMs, failed: false }),
    ready: async () => {},
    close() {},
  };
}

/** Follows a source. Until its first reading has ended the list is empty. */
export function followedIpList(
  { read, reloadMs = 3_600_000 }: IpListSource,
  {
    name,
    clock,
    logger,
  }: { readonly name: string; readonly clock: Clock; readonly logger: Logger | undefined },
): IpList {
  const closed = new AbortController();
  let inForce = ipNetworks();
  let status: IpListStatus = { networks: 0, skipped: 0, readAtMs: undefined, failed: false };
  let cancelNext = () => {};

  async function load(): Promise<void> {
    try {
      const text = await readInTime(read, { clock, closed: closed.signal });
      const { networks, skipped } = await parseList(text, { clock, signal: closed.signal });
      if (networks.size === 0 && skipped > 0) throw new Error("no line is a network");
      inForce = networks;
      status = { networks: networks.size, skipped, readAtMs: clock.now(), failed: false };
    } catch (error) {
      status = { ...status, failed: true };
      if (!closed.signal.aborted) warn(error);
    }
  }
  function warn(error: unknown): void {
    const fields = { list: name, cause: error instanceof Error ? error.name : typeof error };
    logger?.warn(fields, "A list of addresses could not be read; the old one stays in force.");
  }
  async function follow(): Promise<void> {
    await load();
    if (closed.signal.aborted) return;
    const delayMs = status.failed ? Math.min(reloadMs, retryMs) : reloadMs;
    cancelNext = clock.setTimer(delayMs, () => void follow(), { background: true });
  }

  const first = follow();
  return {
    has: (ip) => inForce.has(ip),
    status: () => status,
    ready: () => first,
    close() {
      closed.abort();
      cancelNext();
    },
  };
}

async function readInTime(
  read: IpListSource["read"],
  { clock, closed }: { readonly clock: Clock; readonly closed: AbortSignal },
): Promise<string> {
  const late = new AbortController();
  const signal = AbortSignal.any([late.signal, closed]);
  const cancel = clock.setTimer(readTimeoutMs, () => late.abort(), { background: true });
  const given = Promise.resolve().then(() => read(signal));
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  try {
    const text: unknown = await Promise.race([given, aborted]);
    if (typeof text !== "string") throw new TypeError("read() gave no text");
    return text;
  } finally {
    cancel();
  }
}

/** Takes in a list a few lines at a time, so that requests are answered meanwhile. */
async function parseList(
  text: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<{ readonly networks: IpNetworks; readonly skipped: number }> {
  const networks = ipNetworks();
  let skipped = 0;
  let lines = 0;
  for (let start = 0; start < text.length; lines += 1) {
    if (lines % linesPerTurn === linesPerTurn - 1) await sleep(clock, 1, signal);
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end === -1 ? text.length : end);
    start += line.length + 1;
    const [entry = ""] = /^[^\s,;#]+/.exec(line.trimStart()) ?? [];
    if (entry === "" ? isComment(line) : networks.add(entry)) continue;
    skipped += 1;
  }
  return { networks, skipped };
}

const isComment = (line: string): boolean => /^\s*(?:[#;]|$)/.test(line);
