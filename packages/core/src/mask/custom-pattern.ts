import { RE2JS } from "re2js";
import { contextWords } from "./context-words.js";
import { isTypeName } from "./placeholder.js";
import type { TypedDetector } from "./scan-text.js";

/** A form of value that only this product has. */
export interface CustomPattern {
  /** Its name, like `customer_number`: lower case, digits and `_`; in capitals, the first part of its placeholder. */
  readonly type: string;
  /**
   * A regular expression in RE2's syntax, which takes linear time whatever it is and whatever the text: no
   * back-references, no look-around. `(?i)` at its start ignores case. It sees the folded text, of more than 32 K
   * characters a part at a time: a match of more than 2 K may then be cut short.
   */
  readonly pattern: string;
  /** Words of which one has to stand near the value, or in its key; without one, its likelihood is halved. */
  readonly context?: readonly string[] | undefined;
  /** How likely a match is what it seems, 0 to 1. @default 0.8 */
  readonly score?: number | undefined;
}

const longestPattern = 1000;
const largestProgram = 5000;
const defaultScore = 0.8;

/** What is wrong with a pattern, not quoting it; nothing when all is well. */
export function patternProblems({ type, pattern }: CustomPattern): string[] {
  const problems = isTypeName(type)
    ? []
    : ["type: must be lower case words of letters and digits, joined by _"];
  if (pattern.length > longestPattern)
    return [...problems, `pattern: is longer than ${longestPattern} characters`];
  const compiled = compile(pattern);
  if (compiled === undefined) return [...problems, "pattern: is no regular expression in RE2's syntax"];
  if (compiled.programSize() > largestProgram) problems.push("pattern: is too big");
  if (compiled.matcher("").find()) problems.push("pattern: matches the empty text");
  return problems;
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** Makes the detector of a pattern without problems. */
export function customDetector({
  type,
  pattern,
  context,
  score = defaultScore,
}: CustomPattern): TypedDetector {
  const compiled = RE2JS.compile(pattern);
  const words = context === undefined || context.length === 0 ? undefined : contextWords(context);
  return {
    type,
    *find(subject) {
      const matcher = compiled.matcher(subject.text);
      while (matcher.find()) {
        const span = { start: matcher.start(), end: matcher.end() };
        if (span.start === span.end) continue;
        const near = words === undefined ? undefined : subject.near(span, words);
        const isExpected = words === undefined || near !== undefined;
        yield {
          ...span,
          score: isExpected ? score : score / 2,
          why: near === undefined ? ["pattern"] : ["pattern", near],
        };
      }
    },
  };
}
