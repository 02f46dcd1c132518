import type { Token } from "../services/scan-text.js";
import { cronLength } from "./cron-phrase.js";

const set = (words: string) => new Set(words.split(/\s+/u));
const weekdays =
  set(`monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
  fridays saturdays sundays mon tue tues wed thu thur thurs fri sat sun weekday weekdays weekend weekends workday`);
const units =
  set(`second seconds minute minutes min mins hour hours hr hrs day days night nights morning mornings evening
  evenings afternoon afternoons noon midnight week weeks fortnight month months quarter quarters year years january february march
  april may june july august september october november december`);
const fillers =
  set(`other second third fourth business working single first last few two three four five six ten twelve
  fifteen twenty thirty sixty couple`);
const adverbs = set("daily hourly weekly monthly nightly quarterly yearly annually biweekly fortnightly");
const clockTails = set("am pm a.m p.m o'clock utc gmt cet cest est edt pst pdt noon midnight sharp");
const counts = set("once twice thrice");

const isNumber = (word: string) => /^\d{1,4}(?:st|nd|rd|th)?$/u.test(word);
const isTime = (word: string) =>
  /^\d{1,2}(?:[:.h]\d{2})?(?:am|pm)?$/u.test(word) || word === "noon" || word === "midnight";
const isDay = (word: string) => weekdays.has(word) || units.has(word);

/** How many tokens from `first` on name a schedule ("every other Monday at 9 am"); 0 when none do. */
export function scheduleLength(tokens: readonly Token[], first: number): number {
  const cron = cronLength(tokens, first);
  if (cron > 0) return cron;
  const word = (offset: number) => {
    const token = tokens[first + offset];
    return token?.kind === "word" ? token.lower : "";
  };
  const head = headLength(word);
  return head === 0 ? 0 : head + tailLength((offset) => word(head + offset));
}

type WordAt = (offset: number) => string;

function headLength(word: WordAt): number {
  const start = word(0);
  if (adverbs.has(start)) return 1;
  if (start === "every" || start === "each") {
    let length = 1;
    while (length < 5 && (fillers.has(word(length)) || isNumber(word(length)))) length++;
    // "Every 15th of the month"
    if (/\d(?:st|nd|rd|th)$/u.test(word(length - 1)) && word(length) === "of") return length;
    return isDay(word(length)) ? length + 1 : 0;
  }
  if (counts.has(start) || (isNumber(start) && word(1) === "times")) {
    const after = counts.has(start) ? 1 : 2;
    const repeats =
      word(after) === "a" || word(after) === "per" || word(after) === "every" || word(after) === "each";
    return repeats && isDay(word(after + 1)) ? after + 2 : 0;
  }
  if (start === "on" && (word(1) === "every" || word(1) === "each")) {
    const length = headLength((offset) => word(offset + 1));
    return length === 0 ? 0 : length + 1;
  }
  if (start === "on") return dayAfterOn(word);
  if (start === "at") return isTime(word(1)) ? 2 : 0;
  return weekdays.has(start) && start.endsWith("s") ? 1 : 0;
}

function dayAfterOn(word: WordAt): number {
  let length = word(1) === "the" ? 2 : 1;
  while (length < 5 && (fillers.has(word(length)) || isNumber(word(length)))) length++;
  if (weekdays.has(word(length))) return length + 1;
  const monthly = length > 1 && (word(length) === "day" ? length + 1 : length);
  return monthly && word(monthly) === "of" ? monthly : 0;
}

function tailLength(word: WordAt): number {
  let length = 0;
  for (let grown = 1; grown > 0 && length < 24; length += grown)
    grown = tailPiece((offset) => word(length + offset));
  return length;
}

function tailPiece(word: WordAt): number {
  const start = word(0);
  if (clockTails.has(start) || weekdays.has(start)) return 1;
  if (start === "at" || start === "around" || start === "from" || start === "until" || start === "by") {
    return isTime(word(1)) ? 2 : 0;
  }
  if (start === "and" || start === "or" || start === "to")
    return isTime(word(1)) || weekdays.has(word(1)) ? 2 : 0;
  if (start === "on") return isDay(word(1)) ? 2 : dayAfterOn(word);
  // "At 8pm every day"
  if (start === "every" || start === "each") return headLength(word);
  if (start === "morning" || start === "evening" || start === "afternoon" || start === "night") return 1;
  if (start === "in" || start === "of" || start === "per") {
    const article = word(1) === "the" || word(1) === "each" || word(1) === "every" || word(1) === "a" ? 2 : 1;
    return isDay(word(article)) ? article + 1 : 0;
  }
  return 0;
}

/** The first adverb of time in a clause: "a daily report" → "daily". */
export const scheduleAdverb = (tokens: readonly Token[]): Token | undefined =>
  tokens.find((token) => token.kind === "word" && adverbs.has(token.lower));
