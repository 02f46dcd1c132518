import type { Token } from "../services/scan-text.js";
import type { Clause, ClauseKind, ClauseLink } from "./clause.js";
import { labelAt } from "./clause-label.js";
import { isElse, markerLength } from "./clause-markers.js";
import { cronLength } from "./cron-phrase.js";
import {
  isDelay,
  isLater,
  type Joint,
  joiners,
  jointAt,
  type OpenClause,
  readAhead,
  type Sentence,
} from "./joint-at.js";
import { leadInLength } from "./lead-in.js";
import { manualLength } from "./manual-start.js";
import { phraseTable, wordAt } from "./phrase-table.js";
import { scheduleLength } from "./schedule-phrase.js";
import { splitSubject } from "./split-subject.js";
import { isUnknownVerb } from "./unknown-verb.js";
import { verbAt } from "./verb-at.js";

/** Cuts a description into clauses, each with what it is for. Only joints ("and", commas, "please") are dropped. */
export function splitClauses(tokens: readonly Token[]): Clause[] {
  return splitSentences(tokens).flatMap((own, sentence) =>
    splitAtComma(splitSubjects(withoutHeading(readSentence(readAhead(own)))))
      .map((draft) => ({ ...draft, tokens: trimmed(draft.tokens) }))
      .filter((clause) => clause.tokens.some((token) => token.kind !== "mark" && token.kind !== "comma"))
      .filter(({ kind, tokens: said }) => kind !== "condition" || !isBare(said))
      .map(({ kind, tokens: said, link }) => ({ kind, tokens: said, sentence, link })),
  );
}

function splitSentences(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "break") sentences.push([]);
    else sentences.at(-1)?.push(token);
  }
  return sentences.filter(
    (sentence) =>
      sentence.some((token) => token.kind !== "mark" && !/^\d+$/u.test(token.text)) ||
      cronLength(sentence, 0) > 0,
  );
}

interface Draft {
  kind: ClauseKind;
  tokens: Token[];
  inflected: boolean;
  link: ClauseLink;
}

const edges = new Set([":", "-", "–", "—", "|", "("]);

// "Shopify: if …", "Spotify (but not …)": a mark that only led on, or half a pair.
function trimmed(tokens: Token[]): Token[] {
  const last = tokens.findLastIndex(({ text }) => !edges.has(text));
  const kept = tokens.slice(0, last + 1);
  const isHalf = kept.at(-1)?.text === ")" && !kept.some(({ text }) => text === "(");
  return isHalf ? kept.slice(0, -1) : kept;
}

// "If" and nothing else.
const isBare = (tokens: readonly Token[]) =>
  !isElse(tokens) && markerLength("condition", tokens, { first: 0, atStart: true }) === tokens.length;

// "Lead routing: when a form is submitted, …": a title in front of the workflow.
function withoutHeading(drafts: Draft[]): Draft[] {
  const [first, second] = drafts;
  if (first?.kind !== "phrase" || first.tokens.at(-1)?.text !== ":") return drafts;
  const goesOn = second?.kind === "trigger" || second?.kind === "schedule";
  return goesOn && drafts.some(({ kind }) => kind === "action") ? drafts.slice(1) : drafts;
}

// "A new lead should create a task": what happens is the subject.
function splitSubjects(drafts: Draft[]): Draft[] {
  return drafts.flatMap((draft): Draft[] => {
    const split = draft.kind === "phrase" ? splitSubject(draft.tokens) : undefined;
    if (split === undefined) return [draft];
    return [
      { ...draft, kind: "trigger", tokens: [...split.subject] },
      { kind: "action", tokens: [...split.action], inflected: true, link: "comma" },
    ];
  });
}

function readSentence(sentence: Sentence): Draft[] {
  const { tokens } = sentence;
  const drafts: Draft[] = [];
  let index = 0;
  const open = (joint: Joint): Draft => {
    const marker = tokens.slice(joint.from, joint.from + joint.marker);
    const inflected = joint.kind === "action" && verbAt(tokens, joint.from) === undefined;
    const draft: Draft = { kind: joint.kind, tokens: marker, inflected, link: linkOf(tokens, index, joint) };
    drafts.push(draft);
    index = joint.from + joint.marker;
    return isElse(marker)
      ? open({ kind: "action", from: index + leadInLength(tokens, index), marker: 0 })
      : draft;
  };
  let draft = open(startAt(tokens, leadInLength(tokens, 0)));
  while (index < tokens.length) {
    const aside = asideAt(tokens, index, draft);
    if (aside !== undefined) {
      const atStart = draft.tokens.length === 0;
      drafts.push({ ...aside, inflected: false, link: "nothing" });
      index += aside.tokens.length;
      if (atStart) draft = open(startAt(tokens, index + leadInLength(tokens, index)));
      continue;
    }
    const joint = draft.tokens.length === 0 ? undefined : jointAt(sentence, index, draft);
    if (joint !== undefined) {
      draft = open(joint);
      continue;
    }
    const token = tokens[index];
    if (token !== undefined) draft.tokens.push(token);
    index++;
  }
  return drafts.filter(({ tokens: own }) => own.length > 0);
}

// "And only if …" limits what was said, it does not lead on.
function linkOf(tokens: readonly Token[], index: number, { from }: Joint): ClauseLink {
  if (from === index) return "nothing";
  const leadsOn = tokens.slice(index, from).some(({ lower }) => lower !== "but" && joiners.has(lower));
  return leadsOn && wordAt(tokens, from) !== "only" ? "joiner" : "comma";
}

function startAt(tokens: readonly Token[], from: number): Joint {
  const label = labelAt(tokens, from);
  if (label === undefined) return unlabelledAt(tokens, from);
  const joint = unlabelledAt(tokens, from + label.length);
  const isSaid = joint.marker > 0 || scheduleLength(tokens, joint.from) > 0;
  return isSaid ? joint : { ...joint, kind: label.kind };
}

// "Make sure that every new customer gets an email": it asks for something, and limits nothing.
const assurances = phraseTable("make sure that|make sure|ensure that|see to it that");

function unlabelledAt(tokens: readonly Token[], start: number): Joint {
  const assured = start + assurances(tokens, start);
  const from = /^(?:every|each|any|new|an?)$/u.test(wordAt(tokens, assured)) ? assured : start;
  if (isLater(tokens, from)) return { kind: "action", from, marker: 3 };
  const condition = markerLength("condition", tokens, { first: from, atStart: true });
  if (condition > 0) return { kind: "condition", from, marker: condition };
  const trigger = markerLength("trigger", tokens, { first: from, atStart: true });
  const isSchedule = scheduleLength(tokens, from) > 0;
  if (trigger > 0 && !isSchedule)
    return { kind: isDelay(tokens, from) ? "action" : "trigger", from, marker: trigger };
  return { kind: verbAt(tokens, from, "any") === undefined ? "phrase" : "action", from, marker: 0 };
}

/** What starts a workflow wherever it stands in a clause: a schedule, "manually". */
function asideAt(
  tokens: readonly Token[],
  index: number,
  draft: OpenClause,
): Pick<Draft, "kind" | "tokens"> | undefined {
  const schedule = scheduleAt(tokens, index, draft);
  if (schedule > 0) return { kind: "schedule", tokens: tokens.slice(index, index + schedule) };
  if (draft.kind !== "action" && draft.kind !== "phrase") return undefined;
  const manual = manualLength(tokens, index);
  const isEdge = draft.tokens.length === 0 || tokens[index + manual]?.kind !== "word";
  return manual > 0 && isEdge ? { kind: "trigger", tokens: tokens.slice(index, index + manual) } : undefined;
}

function scheduleAt(tokens: readonly Token[], index: number, draft: OpenClause): number {
  if (draft.kind !== "action" && draft.kind !== "phrase") return 0;
  const length = scheduleLength(tokens, index);
  if (length !== 1) return length;
  // "daily" alone: a schedule at the edge of a clause, an adjective before a noun ("a daily report").
  const next = tokens[index + 1];
  const isEdge =
    next === undefined || next.kind !== "word" || /^(?:and|if|at|on|then|unless)$/u.test(next.lower);
  const isHead = draft.tokens.length === 0 && verbAt(tokens, index + 1) !== undefined;
  return isEdge || isHead ? length : 0;
}

const modals = new Set(
  "should must needs need want wants have has ought gets get shall let's i'd we'd will".split(" "),
);

// "When a lead arrives, our team should hear of it": the action has no verb in its base form, but a comma before it.
function splitAtComma(drafts: Draft[]): Draft[] {
  const alone = !drafts.some(({ kind }) => kind === "action" || kind === "phrase");
  return drafts.flatMap((draft, position) => {
    if (draft.kind !== "trigger" && draft.kind !== "condition") return [draft];
    const comma = commaBeforeAction(draft.tokens, alone && position === drafts.length - 1);
    if (comma < 0) return [draft];
    const action = draft.tokens.slice(comma + 1);
    const start = leadInLength(action, 0);
    return [
      { ...draft, tokens: draft.tokens.slice(0, comma) },
      { kind: "action" as const, tokens: action.slice(start), inflected: true, link: "comma" },
    ];
  });
}

function commaBeforeAction(tokens: readonly Token[], orAny: boolean): number {
  let first = -1;
  for (let index = 2; index < tokens.length - 1; index++) {
    if (tokens[index]?.kind !== "comma") continue;
    if (first < 0) first = index;
    if (isUnknownVerb(tokens, index + 1)) return index;
    for (let ahead = index + 2; ahead < index + 8 && tokens[ahead]?.kind !== "comma"; ahead++) {
      if (modals.has(wordAt(tokens, ahead)) && wordAt(tokens, index + 1) !== "which") return index;
    }
  }
  return orAny && tokens.length - first > 2 ? first : -1;
}
