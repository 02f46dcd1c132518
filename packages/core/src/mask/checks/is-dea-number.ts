const form = /^[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}$/;

/** Number of the US Drug Enforcement Administration: the last digit checks the six before it. */
export function isDeaNumber(compact: string): boolean {
  if (!form.test(compact)) return false;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, check] = [...compact.slice(2)].map(Number);
  return (a + c + e + 2 * (b + d + f)) % 10 === check;
}
