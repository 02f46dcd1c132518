import type { Detector } from "./detector.js";

const names =
  "pass(?:word|wd|phrase)|pwd|secret|api[_-]?key|(?:access|auth|refresh)[_-]?token|(?:client|app)[_-]?secret|private[_-]?key";
const assignment = new RegExp(
  `(?<![A-Za-z0-9])(?:${names})["']?\\s{0,3}[:=]\\s{0,3}["']?([^\\s"'<>{}\\[\\],;&]{6,256})`,
  "gi",
);
const secretKey = new RegExp(`(?:^|[_-])(?:${names}|authorization)$`, "i");
const wholeSecret = /^(?:(?:Bearer|Basic) )?\S{4,4096}$/;
/** Words are not secrets: `password: required`. Secrets hold a digit, or a mark among letters. */
const looksRandom = /\d|[A-Za-z][@!#$%^*+~][A-Za-z]/;

/** What is assigned to a name like `password` or `api_key`, in the text or as the key of the whole string. */
export const assignedSecretDetector: Detector = {
  type: "secret",
  *find({ text, path }) {
    const key = path.at(-1);
    if (typeof key === "string" && secretKey.test(key) && wholeSecret.test(text)) {
      yield { start: 0, end: text.length, score: 0.9, why: ["key"] };
      return;
    }
    for (const match of text.matchAll(assignment)) {
      const value = match[1] ?? "";
      const end = match.index + match[0].length;
      if (looksRandom.test(value))
        yield { start: end - value.length, end, score: 0.8, why: ["key", "pattern"] };
    }
  },
};
