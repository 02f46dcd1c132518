import type { Detector, Span } from "./detector.js";

const maxLocalPart = 64;
const localPart = /[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_%+'~.-]{0,63})$/u;
/** RFC 5321: anything in quotes, with escapes. Its start must not be the end of a word or another quote's end. */
const quotedLocalPart = /(?<![\w"\\])"(?:[^"\\\n]|\\.){1,62}"$/;
const domain =
  /(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,62}\.){1,8}(?:[Xx][Nn]--[A-Za-z0-9-]{1,59}|[A-Za-z]{2,24}|\p{L}{2,24})/uy;
/** `icon@2x.png` is a file, not an address. */
const fileName = /\.(?:png|jpe?g|gif|svg|webp|css|js|ts)$/i;
const maxUserinfo = 256;

/** E-mail addresses, also international ones and those with a quoted local part. */
export const emailDetector: Detector = {
  type: "email",
  needs: (text) => text.includes("@"),
  *find({ text }) {
    for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
      const span = addressAround(text, at);
      if (span !== undefined) yield { ...span, score: 0.95, why: ["pattern"] };
    }
  },
};

function addressAround(text: string, at: number): Span | undefined {
  domain.lastIndex = at + 1;
  const host = domain.exec(text)?.[0];
  if (host === undefined || fileName.test(host)) return undefined;
  const isQuoted = text[at - 1] === '"';
  const near = text.slice(Math.max(0, at - maxLocalPart), at);
  const before = isQuoted ? near : near.slice(near.lastIndexOf("@") + 1);
  const local = (isQuoted ? quotedLocalPart : localPart).exec(before)?.[0];
  if (local === undefined || local.endsWith(".") || local.includes("..")) return undefined;
  const start = at - local.length;
  const end = at + 1 + host.length;
  if (isUserinfo(text, start) || (local === "git" && text[end] === ":")) return undefined;
  return { start, end };
}

/** In `scheme://name:password@host` the part before the host is no address; another detector looks at it. */
function isUserinfo(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - maxUserinfo), start);
  const scheme = before.lastIndexOf("://");
  return scheme !== -1 && !/[\s/?#]/.test(before.slice(scheme + 3));
}
