/** Cuts a text at a word boundary, so that neither a word nor a placeholder is cut in two. */
export function shorten(text: string, most: number): string {
  const line = text.trim().replace(/\s+/gu, " ");
  if (line.length <= most) return line;
  const end = line.lastIndexOf(" ", most);
  return `${end > 0 ? line.slice(0, end) : ""}…`;
}
