import { clean, mixed } from "./texts.mjs";

/**
 * What is asked of a masker: each time a text that it has not seen yet, as all have a number. On every call it must hide as
 * much as it did the first time.
 */
export async function asks({ mask }) {
  return { clean: await over(mask, clean), mixed: await over(mask, mixed) };
}

async function over(mask, texts) {
  let asked = 0;
  const maskNext = async () => {
    const index = asked % texts.length;
    const masked = await mask(`Ticket ${100_000 + asked++}. ${texts[index].text}`);
    return { index, length: masked.length };
  };
  const expected = [];
  for (const _ of texts) expected.push((await maskNext()).length);
  return async () => {
    const { index, length } = await maskNext();
    if (length !== expected[index]) throw new Error("other values were hidden than the first time");
  };
}

/** What a masker hides of the values in the mixed texts, and how many of the clean texts it leaves as they are. */
export async function qualityOf(mask) {
  const masked = await Promise.all(
    mixed.map(async ({ text, values }) => ({ values, text: await mask(text) })),
  );
  const planted = masked.flatMap(({ values, text }) => values.map((value) => !text.includes(value)));
  const kept = await Promise.all(clean.map(async ({ text }) => (await mask(text)) === text));
  return { hidden: shareOf(planted), kept: shareOf(kept) };
}

const shareOf = (all) => `${Math.round((100 * all.filter(Boolean).length) / all.length)} %`;
