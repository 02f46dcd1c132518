/**
 * Numbers 0 ≤ x < 1 that look random and depend on the seed alone: the same in every process. For tests, not for
 * secrets.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a sequence repeat soon, so the high ones are folded into them.
    const folded = Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d);
    return ((folded ^ (folded >>> 13)) >>> 0) / 2 ** 32;
  };
}
