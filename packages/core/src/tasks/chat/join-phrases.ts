// Verb, little word, what the two mean together. Apart, "log", "switch" and "off" would mean something else.
const phrases: readonly (readonly [verb: RegExp, particle: ReadonlySet<string>, meaning: string])[] = [
  [/^(?:switch|turn)(?:e[sd]|ing|s)?$/u, new Set(["off"]), "disable"],
  [/^(?:switch|turn)(?:e[sd]|ing|s)?$/u, new Set(["on"]), "enable"],
  [/^(?:log|sign)(?:g?ed|g?ing)?$/u, new Set(["in", "on", "into"]), "login"],
  [/^(?:log|sign)(?:g?ed|g?ing)?$/u, new Set(["out", "off"]), "logout"],
  [/^sign(?:ed|ing|s)?$/u, new Set(["up"]), "signup"],
  [/^money$/u, new Set(["back"]), "refund"],
  [/^how$/u, new Set(["long"]), "how"],
];
const mostBetween = 3;

/** Makes one word of verbs with a little word: "switch the workflow off" → "disable the workflow". */
export function joinPhrases(words: readonly string[]): string[] {
  const joined = [...words];
  for (const [place, word] of words.entries()) {
    for (const [verb, particles, meaning] of phrases) {
      if (!verb.test(word)) continue;
      const next = words.slice(place + 1, place + 2 + mostBetween).findIndex((other) => particles.has(other));
      // "How" and "long", "money" and "back" belong together only side by side.
      if (next < 0 || (next > 0 && !/^(?:switch|turn|log|sign)/u.test(word))) continue;
      joined[place] = meaning;
      joined[place + 1 + next] = "";
      break;
    }
  }
  return joined.filter((word) => word !== "");
}
