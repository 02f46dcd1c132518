/** The hashes of the last entries of a chain, by number. */
export interface RecentHashes {
  add(seq: number, hash: string): void;
  /** Undefined when the entry is not among the last ones. */
  at(seq: number): string | undefined;
}

/** Remembers the last 16,384 hashes, with the lines they are cut from: about 15 MB. */
export function recentHashes(capacity = 16_384): RecentHashes {
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
