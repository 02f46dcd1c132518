/** Luhn with the weights 1, 2, 1, 2 … from the left; `check` is the last digit of the sum. */
export function passesLuhnFromLeft(digits: string, check: number): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const product = (digits.charCodeAt(index) - 48) * (1 + (index % 2));
    sum += product > 9 ? product - 9 : product;
  }
  return sum % 10 === check;
}
