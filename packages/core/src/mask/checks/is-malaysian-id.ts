import { isDate } from "./is-date.js";

/** Malaysian identity card: a birthday, then a place of birth that is never 00. */
export const isMalaysianId = (digits: string): boolean =>
  isDate(digits.slice(0, 6)) && !/^.{6}(?:00|1[7-9]|20)/.test(digits);
