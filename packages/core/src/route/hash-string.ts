/**
 * 32 well-mixed bits of a text, the same in every process: each bit of the result depends on every bit of the text
 * and of the seed. Spreads evenly, guards nothing.
 */
export function hashString(text: string, seed = 0): number {
  let hash = mix(seed ^ text.length);
  for (let index = 0; index < text.length; index++) hash = mix(hash ^ text.charCodeAt(index));
  return hash >>> 0;
}

/** A bijection of 32 bits: changing one bit of the input changes each bit of the output half of the time. */
function mix(bits: number): number {
  let mixed = bits + 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
