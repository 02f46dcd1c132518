const form = /^[A-HJ-NPR-Z\d]{8}[\dX][A-HJ-NPR-Z\d]{5}\d{3}$/;
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";

/** Vehicle identification number (ISO 3779) with the check digit that North America and China ask for. */
export function isVin(compact: string): boolean {
  if (!form.test(compact)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * worthOf(compact[index] ?? "0"), 0);
  const check = sum % 11;
  return compact[8] === (check === 10 ? "X" : String(check));
}

/** A to I count 1 to 9, J to R from 1 again, S to Z from 2. */
const worthOf = (character: string) => values.indexOf(character) % 10;
