import { expect, it } from "vitest";
import { describeCron } from "./describe-cron.js";

it.each([
  ["* * * * *", "every minute"],
  ["*/15 * * * *", "every 15 minutes"],
  ["0 * * * *", "every hour"],
  ["30 * * * *", "every hour at minute 30"],
  ["0 */6 * * *", "every 6 hours"],
  ["0 9 * * *", "every day at 09:00"],
  ["0 9 * * 1", "every Monday at 09:00"],
  ["30 8 * * MON-FRI", "every Monday to Friday at 08:30"],
  ["0 9,17 * * 1,3", "every Monday and Wednesday at 09:00 and 17:00"],
  ["*/5 * * * 6", "every 5 minutes, every Saturday"],
  ["0 0 1 * *", "on day 1 of every month at 00:00"],
  ["0 0 1 1 *", "on day 1 of January at 00:00"],
  ["0 12 * dec *", "every day in December at 12:00"],
  ["0 9 * * 0", "every Sunday at 09:00"],
  ["0 9 * * 7", "every Sunday at 09:00"],
  ["0 9 */2 * *", undefined],
  ["0 9 1 * 1", undefined],
  ["0 9 * * 9", undefined],
  ["1-5 9 * * *", undefined],
  ["0 0 9 * * 1", undefined],
  ["", undefined],
])("%s is %s", (expression, words) => {
  expect(describeCron(expression)).toBe(words);
});
