import { capitals, letters } from "./name-letters.js";

const part = `(?:[${capitals}]\\.|[${capitals}][${letters}]*(?:['’-][${letters}]+){0,2})`;
const particle = "(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn|al|el|ten|ter|zu|y|e)";
/** A name of one word to five. */
export const name = `${part}(?:[ \\t]{1,2}(?:${particle}[ \\t]){0,2}${part}){0,4}`;

/** A name of two words to five. */
export const fullName = `${part}(?:[ \\t]{1,2}(?:${particle}[ \\t]){0,2}${part}){1,4}`;
