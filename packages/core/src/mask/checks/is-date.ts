/** Whether `YYMMDD` or `YYYYMMDD` is a day of some year; two digits of a year may be any century's. */
export function isDate(digits: string): boolean {
  const year = Number(digits.slice(0, -4));
  const month = Number(digits.slice(-4, -2));
  const day = Number(digits.slice(-2));
  if (digits.length === 8 && (year < 1880 || year > 2100)) return false;
  if (month < 1 || month > 12 || day < 1) return false;
  const full = digits.length === 8 ? year : 2000 + year;
  return day <= new Date(Date.UTC(full, month, 0)).getUTCDate();
}
