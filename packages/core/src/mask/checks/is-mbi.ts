const letters = "[AC-HJKMNP-RT-Y]";
const form = new RegExp(
  `^[1-9]${letters}(?:\\d|${letters})\\d${letters}(?:\\d|${letters})\\d${letters}${letters}\\d\\d$`,
);

/** Medicare beneficiary identifier: eleven places, each a digit or a letter, without S, L, O, I, B and Z. */
export const isMbi = (compact: string): boolean => form.test(compact);
