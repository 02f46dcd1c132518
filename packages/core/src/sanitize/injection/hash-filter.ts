/**
 * Makes a test that tells most numbers that are not in a set from those that may be. It needs one look at 8 KB, which
 * stay near the processor; a map of thousands does not.
 */
export function hashFilter(hashes: Iterable<number>): (hash: number) => boolean {
  const bits = new Uint32Array(1 << 11);
  const placeOf = (hash: number) => (hash >>> 5) & (bits.length - 1);
  const bitsAt = (hash: number) => bits[placeOf(hash)] ?? 0;
  for (const hash of hashes) bits[placeOf(hash)] = bitsAt(hash) | (1 << hash); // by the last five bits of the hash
  return (hash) => ((bitsAt(hash) >>> hash) & 1) === 1;
}
