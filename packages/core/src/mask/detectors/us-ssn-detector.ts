import type { Detector } from "./detector.js";
import { matchSpans, scored } from "./match-spans.js";

/** No area 000, 666 or 9xx, no group 00, no serial 0000 is ever issued (Social Security Administration). */
const dashed = /(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g;

/** US social security numbers written with dashes. */
export const usSsnDetector: Detector = {
  type: "us_ssn",
  find: ({ text }) => (text.includes("-") ? scored(matchSpans(text, dashed), 0.8, ["pattern"]) : []),
};
