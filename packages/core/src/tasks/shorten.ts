const placeholder = /\[[A-Z][A-Z0-9_a-z]{2,60}\]/gu;

/** Cuts a text at a word boundary, or a very long word between two characters. A placeholder is never cut in two. */
export function shorten(text: string, most: number): string {
  const line = text.trim().replace(/\s+/gu, " ");
  if (line.length <= most) return line;
  const space = line.lastIndexOf(" ", most);
  return `${line.slice(0, space >= most / 2 ? space : endInWord(line, most)).trimEnd()}…`;
}

function endInWord(line: string, most: number): number {
  for (const { index, 0: found } of line.matchAll(placeholder)) {
    const end = index + found.length;
    // One that comes first stays, even when it is too long: without it nothing would be left.
    if (index < most && end > most) return index === 0 ? end : index;
  }
  return /[\uD800-\uDBFF]/.test(line.charAt(most - 1)) ? most - 1 : most;
}
