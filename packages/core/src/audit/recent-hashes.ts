/** The hashes of the last entries of a chain, by number. */
export interface RecentHashes {
  add(seq: number, hash: string): void;
  /** Undefined when the entry is not among the last ones. */
  at(seq: number): string | undefined;
}

/** Remembers the last 65,536 hashes: about 6 MB. */
export function recentHashes(capacity = 65_536): RecentHashes {
  const slots: { readonly seq: number; readonly hash: string }[] = [];
  return {
    add(seq, hash) {
      slots[seq % capacity] = { seq, hash };
    },
    at(seq) {
      const slot = slots[seq % capacity];
      return slot?.seq === seq ? slot.hash : undefined;
    },
  };
}
