import { contextWords } from "../context-words.js";
import type { MaskType } from "../mask-type.js";
import type { Detection, DetectionSubject, Detector, Reason, Span } from "./detector.js";
import { hasDigit } from "./digit-clues.js";
import { type IdCandidate, idCandidates } from "./id-candidates.js";
import type { IdKind } from "./id-kind.js";
import { compactOf, idKinds, type Trust } from "./id-shapes.js";
import { numberGroups } from "./number-groups.js";
import { ofType } from "./of-type.js";

const scores = { anywhere: 0.8, alone: 0.6, besideWords: 0.9 };
/** Some checks let `111111111` pass. */
const oneDigit = /^(\d)\1*$/;
/** Keys under which whole messages stand: such a text is read as what somebody wrote. */
const proseKey = /^(?:content|text|message|input|prompt|query|question|answer|value|body)$/i;

interface IdNumber extends Detection {
  readonly type: MaskType;
}

/** Most numbers have none of them near, and no kind needs to be asked for its own. */
const wordsOfAll = contextWords(idKinds.flatMap(({ words }) => words.words));

/** Numbers of people, told by shape, check digits and the words beside them; one detector for each type. */
export const idNumberDetectors: readonly Detector[] = [...new Set(idKinds.map(({ type }) => type))].map(
  (type) => ({
    type,
    needs: hasDigit,
    find: (subject) => ofType(subject.once(judged).numbers, type),
  }),
);

/**
 * Whether a number begins there that the words beside it say to be of a kind, and that is written like it, but fails
 * its check: it is a wrong one, not of another type.
 */
export const isRefuted = (subject: DetectionSubject, start: number): boolean =>
  subject.once(judged).refutedStarts.has(start);

interface Judged {
  readonly numbers: IdNumber[];
  readonly refutedStarts: Set<number>;
}

/** All types of a text are told at once. */
function judged(_text: string, subject: DetectionSubject): Judged {
  const result: Judged = { numbers: [], refutedStarts: new Set() };
  for (const candidate of idCandidates(subject.text, subject.once(numberGroups))) {
    judge(subject, candidate, result);
  }
  return result;
}

/** Adds what the kinds of its shape make of a candidate: the best find of each type. */
function judge(subject: DetectionSubject, candidate: IdCandidate, { numbers, refutedStarts }: Judged): void {
  const hasWords = subject.near(candidate, wordsOfAll) !== undefined;
  if (!hasWords && candidate.kinds.every(({ trust }) => trust === "besideWords")) return;
  const { start, end } = candidate;
  const written = subject.text.slice(start, end);
  const compact = compactOf(written);
  const standing = standingOf(subject, candidate, written);
  const best = new Map<MaskType, IdNumber>();
  let hasFailed = false;
  for (const { kind, trust, isLoose } of candidate.kinds) {
    const beside = hasWords ? subject.near(candidate, kind.words) : undefined;
    const score = beside === undefined ? scoreOf(trust, standing) : scores.besideWords;
    if (score === 0 || (best.get(kind.type)?.score ?? 0) >= score) continue;
    if (kind.isValid !== undefined && (oneDigit.test(compact) || !kind.isValid(compact))) {
      hasFailed ||= beside !== undefined && isLoose !== true;
      continue;
    }
    best.set(kind.type, { type: kind.type, start, end, score, why: reasonsOf(kind, beside) });
  }
  numbers.push(...best.values());
  if (hasFailed && best.size === 0) refutedStarts.add(start);
}

function reasonsOf({ isValid }: IdKind, beside: Reason | undefined): readonly Reason[] {
  const why: Reason[] = ["pattern"];
  if (isValid !== undefined) why.push("checksum");
  if (beside !== undefined) why.push(beside);
  return why;
}

/** How a candidate stands in its text: as all of it, on its own, or as a possible piece of something. */
type Standing = "alone" | "free" | "part";

function standingOf(subject: DetectionSubject, candidate: IdCandidate, written: string): Standing {
  if (isAlone(subject, candidate)) return "alone";
  // In lower case, letters of hexadecimal digits only may be a piece of a hash.
  const isHash = written !== written.toUpperCase() && !/[g-zG-Z]/.test(written);
  return candidate.isPart || isHash ? "part" : "free";
}

function scoreOf(trust: Trust, standing: Standing): number {
  if (trust === "besideWords") return 0;
  if (trust === "anywhere" && standing !== "part") return scores.anywhere;
  return standing === "alone" ? scores.alone : 0;
}

/** Whether a text that somebody wrote holds nothing else. */
function isAlone({ text, path }: DetectionSubject, { start, end }: Span): boolean {
  if (start > 3 || text.length - end > 3) return false;
  const key = path.findLast((part) => typeof part === "string");
  if (key !== undefined && !proseKey.test(key)) return false;
  return text.slice(0, start).trim() === "" && text.slice(end).trim() === "";
}
