const checks = "0123456789ABCDEFHJKLMNPRSTUVWXY";

/** Finnish personal identity code, with or without the mark of its century: birthday and serial, modulus 31. */
export function isHetu(compact: string): boolean {
  const digits = compact.slice(0, 6) + compact.slice(-4, -1);
  if (!/^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{5}$/.test(digits)) return false;
  if (compact.length === 11 && !/[A-FU-Y]/.test(compact[6] ?? "")) return false;
  return checks[Number(digits) % 31] === compact.at(-1);
}
