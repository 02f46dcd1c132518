// Texts of 2 KB as customers write them, without personal values and with some fourteen of them.

const characters = 2_000;
const count = 8;

const sentences = [
  "The screen at the door has shown nothing since the update, although the meeting is in the calendar.",
  "Please look at order 2026-118834 from 12.03.2026, of which only two of three parcels (SKU-20443-XL) came.",
  "We run version 4.11.2 on three floors, and the page took 12.5 seconds to load at 14:30 today.",
  "I removed the desk and added it again, but the price of 149.90 EUR is still the old one.",
  "Is there a way to book room B-207 for every second Tuesday, and who would see that it is taken?",
  "The export with id 9b2fd3c1-7e55-4b0a-9f1e-3c58a1b2d4e6 stops after 2,500 of 10,000 rows.",
];
const introductions = [
  (index) => ["Write to me at", `grace.hopper${index}@example.com`],
  (index) => ["You can call", `+44 20 7946 0${100 + index}`],
  (index) => ["I paid with the card", ["4111 1111 1111 1111", "5555 5555 5555 4444"][index % 2]],
  () => ["Please send it back to IBAN", "DE89 3704 0044 0532 0130 00"],
  (index) => ["The request came from", `203.0.113.${index + 1}`],
  (index) => ["The form asked for my SSN,", `536-22-${1000 + index}`],
  (index) => ["In the file I found the key", `sk-proj-${`Ab3dEf6hIj9k${index}`.repeat(4)}`],
];

function text(index, hasValues) {
  const values = [];
  let written = "";
  for (let at = index; ; at++) {
    const [introduction, value] = introductions[at % introductions.length](at);
    const sentence = `${sentences[at % sentences.length]} `;
    const next = hasValues ? `${sentence}${introduction} ${value}. ` : sentence;
    if (written.length + next.length > characters) return { text: written.padEnd(characters, "."), values };
    written += next;
    if (hasValues) values.push(value);
  }
}

const texts = (hasValues) => Array.from({ length: count }, (_, index) => text(index, hasValues));
export const clean = texts(false);
export const mixed = texts(true);
export const bytes = characters;
