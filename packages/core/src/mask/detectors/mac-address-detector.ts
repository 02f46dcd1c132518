import type { Detector } from "./detector.js";
import { matchSpans, scored } from "./match-spans.js";

const pairs =
  /(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?:\1[0-9a-f]{2}\1[0-9a-f]{2})?(?![\w:-])/gi;
const quads = /(?<![\w.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w]|\.\w)/gi;

/** Hardware addresses of six or eight bytes (EUI-48, EUI-64): `00:1b:…`, `00-1b-…`, `001b.44…`. */
export const macAddressDetector: Detector = {
  type: "mac_address",
  *find({ text }) {
    if (/[:-][0-9a-f]{2}[:-]/i.test(text)) yield* scored(matchSpans(text, pairs), 0.95, ["pattern"]);
    // All digits would be a version or an amount.
    if (/\.[0-9a-f]{4}\./i.test(text))
      yield* scored(
        matchSpans(text, quads, (match) => /[a-f]/i.test(match)),
        0.7,
        ["pattern"],
      );
  },
};
