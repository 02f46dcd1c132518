/** Numbers from 0 up to, not including, `below`; the same for the same seed. */
export type Dice = (below: number) => number;

/** Makes dice (mulberry32). */
export function seededDice(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A personal value as it is written, and the part of it that nothing else holds. */
export interface PersonalValue {
  readonly text: string;
  readonly core: string;
}

const digits = (dice: Dice, count: number) => Array.from({ length: count }, () => dice(10)).join("");
const letters = (dice: Dice, count: number) =>
  Array.from({ length: count }, () => "abcdefghjkmnpqrstuvwxyz"[dice(23)]).join("");

function email(dice: Dice): PersonalValue {
  const core = `${letters(dice, 6)}.${letters(dice, 7)}`;
  return { text: `${core}@${letters(dice, 5)}.example.com`, core };
}

function card(dice: Dice): PersonalValue {
  const body = `4${digits(dice, 14)}`;
  const sum = [...body].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  const text = `${body}${(10 - (sum % 10)) % 10}`.replace(/\d{4}(?=\d)/g, "$& ");
  return { text, core: text };
}

function iban(dice: Dice): PersonalValue {
  const account = digits(dice, 18);
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  const text = `DE${String(check).padStart(2, "0")}${account}`;
  return { text, core: account };
}

function key(dice: Dice): PersonalValue {
  const core = Array.from({ length: 36 }, (_, index) =>
    index % 3 === 0 ? digits(dice, 1) : letters(dice, 1),
  ).join("");
  return { text: `ghp_${core}`, core };
}

function phone(dice: Dice): PersonalValue {
  const core = `736-${digits(dice, 4)}`;
  return { text: `+1 212-${core}`, core };
}

const kinds = [email, card, iban, key, phone];

/** A value of any kind. */
export const personalValue = (dice: Dice): PersonalValue => (kinds[dice(kinds.length)] ?? email)(dice);
