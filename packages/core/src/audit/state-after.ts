import type { AuditChain } from "./audit-chain.js";
import type { ChainState } from "./chain-state.js";
import { readEntry } from "./read-entry.js";

/** Where a chain stands after a line that was written; a line that is no authentic, later entry of it changes nothing. */
export function stateAfter(chain: AuditChain, state: ChainState, text: string): ChainState {
  const entry = readEntry(text);
  if (entry === undefined || entry.partition !== chain.partition || entry.seq <= state.seq) return state;
  if (entry.hash !== chain.digest(entry.covered) || entry.mac !== chain.mac(entry.hash)) return state;
  const { seq, hash, fields } = entry;
  if (fields["entry"] === "checkpoint")
    return { seq, hash, unchecked: 0, uncheckedSinceMs: 0, closed: fields["final"] === true };
  const timeMs = Date.parse(String(fields["time"])) || 0;
  return {
    seq,
    hash,
    unchecked: state.unchecked + 1,
    uncheckedSinceMs: state.unchecked === 0 ? timeMs : state.uncheckedSinceMs,
    closed: false,
  };
}
