/** A heading as people read it: links and emphasis become their words, `{#id}` goes. */
export const headingText = (heading: string): string =>
  heading
    .replace(/\s*\{#[\w-]{1,100}\}$/u, "")
    .replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,1000}\)/gu, "$1")
    .replace(/[*`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "")
    .replace(/\\(?=[\p{P}\p{S}])/gu, "")
    .trim();

/** The anchor that a heading asks for with `{#id}`, or the one that its words make: "How to pay?" → "how-to-pay". */
export const headingAnchor = (heading: string): string =>
  /\{#([\w-]{1,100})\}$/u.exec(heading)?.[1] ??
  headingText(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, "")
    .replace(/\s/gu, "-");
