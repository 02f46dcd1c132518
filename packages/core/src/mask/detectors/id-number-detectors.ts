import type { ContextWords } from "../context-words.js";
import type { Detection, DetectionSubject, Detector, Reason, Span } from "./detector.js";
import { type IdCandidate, idCandidates } from "./id-candidates.js";
import type { IdKind } from "./id-kind.js";
import { americanIds } from "./kinds/american-ids.js";
import { asianIds } from "./kinds/asian-ids.js";
import { britishIds } from "./kinds/british-ids.js";
import { deviceIds } from "./kinds/device-ids.js";
import { europeanIds } from "./kinds/european-ids.js";
import { germanIds } from "./kinds/german-ids.js";
import { southernIds } from "./kinds/southern-ids.js";

type Trust = "anywhere" | "alone" | "besideWords";

interface Entry {
  readonly kind: IdKind;
  readonly trust: Trust;
}

const kinds: readonly IdKind[] = [
  ...americanIds,
  ...britishIds,
  ...germanIds,
  ...europeanIds,
  ...asianIds,
  ...southernIds,
  ...deviceIds,
];
/** Shapes whose meaning is remembered: texts repeat few, and hostile ones could bring any number. */
const maxRemembered = 2000;
const marks = /[ \-./:]/g;
const scores = { anywhere: 0.8, alone: 0.6, besideWords: 0.9, none: 0.3 };
/** Keys under which whole messages stand: such a text is read as what somebody wrote. */
const proseKey = /^(?:content|text|message|input|prompt|query|question|answer|value|body)$/i;

/** Numbers of people, told by shape, check digits and the words beside them; one detector for each type. */
export const idNumberDetectors: readonly Detector[] = [...new Set(kinds.map(({ type }) => type))].map(
  (type) => ({
    type,
    *find(subject) {
      for (const { candidate, entries } of subject.once(likelyCandidates)) {
        const own = entries.filter(({ kind }) => kind.type === type);
        const detection = own.length > 0 ? judge(subject, candidate, own) : undefined;
        if (detection !== undefined) yield detection;
      }
    },
  }),
);

/** Candidates of a shape that some kind has. */
function likelyCandidates(text: string) {
  return idCandidates(text).flatMap((candidate) => {
    const entries = entriesOf(candidate.shape);
    return entries.length > 0 ? [{ candidate, entries }] : [];
  });
}

const entriesOf = indexShapes();

/** What is known of a shape: as it is written, with wildcards, or without its marks. */
function indexShapes(): (shape: string) => readonly Entry[] {
  const exact = new Map<string, Entry[]>();
  const wild = new Map<number, { readonly form: RegExp; readonly entry: Entry }[]>();
  const add = (shape: string, entry: Entry) => {
    if (!shape.includes("*")) return exact.set(shape, [...(exact.get(shape) ?? []), entry]);
    const form = new RegExp(`^${shape.replace(/[./|-]/g, "\\$&").replaceAll("*", "[9A]")}$`);
    return wild.set(shape.length, [...(wild.get(shape.length) ?? []), { form, entry }]);
  };
  for (const kind of kinds) {
    for (const trust of ["anywhere", "alone", "besideWords"] as const) {
      for (const shape of kind[trust] ?? []) {
        add(shape, { kind, trust });
        add(`|${shape.replace(marks, "")}`, { kind, trust: "besideWords" });
      }
    }
  }
  const seen = new Map<string, readonly Entry[]>();
  const look = (shape: string) => [
    ...(exact.get(shape) ?? []),
    ...(wild.get(shape.length) ?? []).filter(({ form }) => form.test(shape)).map(({ entry }) => entry),
  ];
  return (shape) => {
    const known = seen.get(shape);
    if (known !== undefined) return known;
    const exactly = look(shape);
    const entries = exactly.length > 0 ? exactly : look(`|${shape.replace(marks, "")}`);
    if (seen.size < maxRemembered) seen.set(shape, entries);
    return entries;
  };
}

/** The best that any kind makes of a candidate. */
function judge(
  subject: DetectionSubject,
  candidate: IdCandidate,
  entries: readonly Entry[],
): Detection | undefined {
  const written = subject.text.slice(candidate.start, candidate.end);
  const compact = written.replace(marks, "").toUpperCase();
  let best: Detection | undefined;
  let near: NearWords | undefined;
  for (const { kind, trust } of entries) {
    if (kind.isValid !== undefined && !kind.isValid(compact)) continue;
    near ??= nearWords(subject, candidate);
    const beside = near(kind.words);
    const score = scoreOf({ trust, beside, candidate, written, subject });
    if (best !== undefined && best.score >= score) continue;
    const why: Reason[] = ["pattern"];
    if (kind.isValid !== undefined) why.push("checksum");
    if (beside !== undefined) why.push(beside);
    best = { start: candidate.start, end: candidate.end, score, why };
  }
  return best;
}

interface Judged {
  readonly trust: Trust;
  readonly beside: Reason | undefined;
  readonly candidate: IdCandidate;
  readonly written: string;
  readonly subject: DetectionSubject;
}

function scoreOf({ trust, beside, candidate, written, subject }: Judged): number {
  if (beside !== undefined) return scores.besideWords;
  if (trust === "besideWords") return scores.none;
  if (isAlone(subject, candidate)) return scores.alone;
  const isPlain = !candidate.isPart && written === written.toUpperCase();
  return trust === "anywhere" && isPlain ? scores.anywhere : scores.none;
}

/** Whether a text that somebody wrote holds nothing else. */
function isAlone({ text, path }: DetectionSubject, { start, end }: Span): boolean {
  const key = path.findLast((part) => typeof part === "string");
  if (key !== undefined && !proseKey.test(key)) return false;
  return start <= 3 && text.length - end <= 3 && text.slice(0, start).trim() + text.slice(end).trim() === "";
}

type NearWords = (words: ContextWords) => "context" | "key" | undefined;

/** Reads the words near a span once, for many kinds. */
function nearWords(subject: DetectionSubject, span: Span): NearWords {
  const plain: string[] = [];
  subject.near(span, { isIn: (words) => plain.push(words) < 0 });
  return (words) => {
    if (subject.hasKey(words)) return "key";
    return plain.some((some) => words.isIn(some)) ? "context" : undefined;
  };
}
