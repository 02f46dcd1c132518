// Other maskers as finders of spans, to be measured beside ours.
import { OpenRedaction } from "openredaction";
import redactPii from "redact-pii";

/** @typedef {{ start: number, end: number, type: string }} Found */
/** @typedef {{ name: string, find: (text: string) => Promise<readonly Found[]> | readonly Found[] }} Finder */

/** A mark that no text of a set contains. */
const mark = "\u{e000}";

/** @returns {Finder} */
export function openRedactionFinder() {
  const redaction = new OpenRedaction();
  return {
    name: "openredaction",
    find: async (text) =>
      (await redaction.detect(text)).detections.map(({ type, position: [start, end] }) => ({
        type,
        start,
        end,
      })),
  };
}

/** @returns {Finder} */
export function redactPiiFinder() {
  const redactor = new redactPii.SyncRedactor({ globalReplaceWith: mark });
  return { name: "redact-pii", find: (text) => replacedSpans(text, redactor.redact(text)) };
}

/**
 * Where marks were put: what stands between them is searched for in the original, one piece after the other.
 *
 * @param {string} text @param {string} marked @returns {Found[]}
 */
function replacedSpans(text, marked) {
  const pieces = marked.split(mark);
  /** @type {Found[]} */
  const found = [];
  let at = pieces[0]?.length ?? 0;
  for (const piece of pieces.slice(1)) {
    const isLast = piece === pieces.at(-1);
    const next = piece === "" ? (isLast ? text.length : at) : text.indexOf(piece, at);
    const end = next < 0 ? text.length : next;
    if (end > at) found.push({ type: "text", start: at, end });
    at = end + piece.length;
  }
  return found;
}
