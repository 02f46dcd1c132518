import { type ChainHead, emptyChain } from "./audit-chain.js";

/** Where a chain stands: its head, and when its next checkpoint is due. */
export interface ChainState extends ChainHead {
  /** Entries since the last checkpoint. */
  readonly unchecked: number;
  /** When the first of them was written, milliseconds since the epoch. */
  readonly uncheckedSinceMs: number;
  /** The last entry is the checkpoint of a writer that closed the file. */
  readonly closed: boolean;
}

/** The state of a chain without entries. */
export const newChainState: ChainState = {
  ...emptyChain,
  unchecked: 0,
  uncheckedSinceMs: 0,
  closed: false,
};
