const legacy = /^[LMNPRTVWXY]\d{8}$/;
const form = /^[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ\d]{7}\d$/;
const weights = [7, 3, 1, 7, 3, 1, 7, 3];

/** Serial number of a German identity card: nine places, check digit 7-3-1, or the older letter and eight digits. */
export function isGermanIdCard(compact: string): boolean {
  if (legacy.test(compact)) return true;
  const sum = weights.reduce(
    (total, weight, index) => total + weight * Number.parseInt(compact[index] ?? "0", 36),
    0,
  );
  return form.test(compact) && sum % 10 === Number(compact[8]);
}
