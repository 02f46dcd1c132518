import { matchesIn } from "../matches-in.js";
import type { Detector } from "./detector.js";

/** Country codes are letters five and six; a branch may follow. */
const bic =
  /(?<![A-Za-z])(?:BIC|SWIFT)(?:[/ -]{1,3}(?:BIC|SWIFT|[Cc]ode|CODE|[Nn]ummer|[Nn]umber)){0,2}\s{0,2}[:=#]?\s{0,2}([A-Z]{4}[A-Z]{2}[A-Z\d]{2}(?:[A-Z\d]{3})?)(?![A-Za-z\d])/g;

/** Bank identifier codes (ISO 9362) behind `BIC` or `SWIFT`. */
export const bicDetector: Detector = {
  type: "bank_account",
  needs: (text) => text.includes("BIC") || text.includes("SWIFT"),
  *find({ text }) {
    for (const { 0: match, 1: code = "", index } of matchesIn(text, bic)) {
      const end = index + match.length;
      yield { start: end - code.length, end, score: 0.8, why: ["context", "pattern"] };
    }
  },
};
