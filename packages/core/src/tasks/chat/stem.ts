/** Brings the forms of an English word together: "workflows" → "workflow", "cancelled" and "cancellation" → "cancel". */
export function stem(word: string): string {
  const singular = word
    .replace(/['’]s?$/u, "")
    .replace(/(?<=\p{L}{2})ies$/u, "y")
    .replace(/(?<=ss|sh|ch|x|z)es$/u, "")
    .replace(/(?<=\p{L}{2}[^suix])s$/u, "");
  const bare = singular
    .replace(/(?<=\p{L}{4})ations?$/u, "")
    .replace(/(?<=[aeiouy]\p{L}+)(?:ing|ed)$/u, "")
    .replace(/([bcdfgklmnprt])\1$/u, "$1")
    .replace(/(?<=\p{L}{4})at(?:e|or)?$/u, "");
  const root = bare.length < 3 ? singular : bare;
  return root.length > 3 ? root.replace(/e$/u, "").replace(/(?<=\p{L}{2})y$/u, "i") : root;
}
