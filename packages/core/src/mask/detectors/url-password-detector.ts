import { matchesIn } from "../matches-in.js";
import type { Detector } from "./detector.js";

const slashes = "://";
const userinfo = /:\/\/[^\s/:@?#"'<>]{0,128}:[^\s/?#"'<>]{1,256}(?=@)/g;

/** Name and password in URLs and connection strings: `postgres://name:password@host`. */
export const urlPasswordDetector: Detector = {
  type: "secret",
  needs: (text) => text.includes(slashes),
  *find({ text }) {
    for (const { 0: match, index } of matchesIn(text, userinfo)) {
      yield { start: index + slashes.length, end: index + match.length, score: 0.95, why: ["pattern"] };
    }
  },
};
