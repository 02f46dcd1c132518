import type { Detector } from "./detector.js";
import { matchSpans, scored } from "./match-spans.js";

const pairs =
  /(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?:\1[0-9a-f]{2}\1[0-9a-f]{2})?(?![\w:-])/gi;
const quads = /(?<![\w.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w]|\.\w)/gi;

/** Looked for first, as it is found faster than what may stand before it. */
const aPair = /[:-][0-9a-f]{2}[:-]/i;
const aQuad = /\.[0-9a-f]{4}\./i;

/** Hardware addresses of six or eight bytes (EUI-48, EUI-64): `00:1b:…`, `00-1b-…`, `001b.44…`. */
export const macAddressDetector: Detector = {
  type: "mac_address",
  find({ text }) {
    const inPairs = aPair.test(text) ? matchSpans(text, pairs) : [];
    // All digits would be a version or an amount.
    const inQuads = aQuad.test(text) ? matchSpans(text, quads, (match) => /[a-f]/i.test(match)) : [];
    return [...scored(inPairs, 0.95, ["pattern"]), ...scored(inQuads, 0.7, ["pattern"])];
  },
};
