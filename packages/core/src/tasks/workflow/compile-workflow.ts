import { builtInNames } from "../services/built-in-names.js";
import { findServices } from "../services/find-services.js";
import { mentionStarts, mentionsIn } from "../services/mentions-in.js";
import { scanText } from "../services/scan-text.js";
import type { ServiceNames } from "../services/service-names.js";
import { shorten } from "../shorten.js";
import { type Clause, clauseText } from "./clause.js";
import { closeSteps } from "./close-steps.js";
import { inferTrigger } from "./infer-trigger.js";
import { nameEveryApp } from "./name-every-app.js";
import { orderClauses } from "./order-clauses.js";
import { isOtherLanguage } from "./other-language.js";
import type { KnownServices } from "./place-service.js";
import { readSources } from "./read-sources.js";
import { splitClauses } from "./split-clauses.js";
import { subjectStart } from "./subject-start.js";
import { writeClauses } from "./write-clauses.js";
import { writeStart } from "./write-start.js";
import { type WrittenSteps, writeTrigger } from "./write-steps.js";

/** Longer workflows are cut, and the user is told. */
const mostClauses = 40;
const mostSteps = 50;
const mostQuestions = 5;

/**
 * Turns sentences into steps of the services in `names`. Never adds a step that nobody asked for: what is missing
 * becomes a question.
 */
export function compileWorkflow(
  text: string,
  tools: readonly string[] = [],
  names: ServiceNames = builtInNames,
): WrittenSteps {
  const source = withoutQuotes(text);
  const tokens = scanText(source);
  const mentions = findServices(tokens, names);
  const known = {
    names,
    mentioned: mentions.map(({ service }) => service),
    connected: tools.flatMap((tool) => names.byLabel(tool) ?? []),
    starts: mentionStarts(tokens, mentions),
  };
  const clauses = splitClauses(tokens);
  const { trigger, rest: others, otherStarts, background } = orderClauses(clauses.slice(0, mostClauses));
  const inferred =
    trigger === undefined ? (subjectStart(others, known) ?? inferTrigger(others, known)) : undefined;
  const rest = inferred === undefined ? others : others.filter((clause) => !isTaken(clause, inferred));
  const start =
    inferred === undefined
      ? writeTrigger({ source, known, home: homeOf(background, known) }, trigger)
      : writeStart({ source, known }, inferred);
  const described = { source, known, inferred, startedBy: startedBy(start.steps[0]?.service, names) };
  const actions = writeClauses(described, rest);
  const written =
    inferred === undefined
      ? readSources({ source, known }, rest, [start, ...actions])
      : nameEveryApp({ source, known }, rest, [start, ...actions]);
  const steps = written.flatMap((part) => part.steps);
  const closed = closeSteps(steps.slice(0, mostSteps));
  const isEmpty = written.slice(1).every((part) => part.steps.length === 0 && part.questions.length === 0);
  const isLong = clauses.length > mostClauses || steps.length > mostSteps;
  const takenWhole =
    inferred?.kind === "trigger" &&
    inferred.service === undefined &&
    rest.length === others.length &&
    !saysEach(inferred);
  const questions = [
    ...(isOtherLanguage(tokens) ? ["I read English best. Can you say it in English?"] : []),
    ...(takenWhole ? [askToConfirm(source, inferred)] : []),
    ...written.flatMap((part) => part.questions),
    ...closed.questions,
    ...otherStarts.map((clause) => askToSplit(source, clause)),
    ...(isLong ? ["The description is long, so only its first part was used. Can you split it?"] : []),
    ...(isEmpty ? ["What should happen then, and in which app?"] : []),
  ];
  return { steps: closed.steps, questions: fewQuestions([...new Set(questions)]) };
}

// A description that stands in quotes as a whole.
function withoutQuotes(text: string): string {
  const trimmed = text.trim();
  const inner = trimmed.slice(1, -1);
  return /^(?:"[^"]*"|“[^”]*”|«[^»]*»)$/u.test(trimmed) && /\s/u.test(inner) ? inner : text;
}

// A title that the start was made of, whole: "New Typeform entry? …"
const isTaken = ({ kind, tokens }: Clause, start: Clause) =>
  tokens === start.tokens || (kind === "phrase" && tokens.every((token) => start.tokens.includes(token)));

// Nobody answers thirty questions at once.
function fewQuestions(questions: readonly string[]): readonly string[] {
  if (questions.length <= mostQuestions) return questions;
  const left = questions.length - mostQuestions;
  return [
    ...questions.slice(0, mostQuestions),
    `${left} more ${left === 1 ? "point is" : "points are"} open after these.`,
  ];
}

// "We use Pipedrive. When a deal is won, …"
const homeOf = (background: readonly Clause[], { starts }: KnownServices) =>
  background.flatMap(({ tokens }) => mentionsIn(tokens, starts))[0]?.service.id;

/** The app that "reply" and "label it" speak of; a form or a schedule takes no reply. */
function startedBy(id: string | undefined, names: ServiceNames): string | undefined {
  const category = id === undefined ? undefined : names.byId(id)?.category;
  return category === undefined || (category === "built_in" && id !== "email") ? undefined : id;
}

// "Every new row": that it runs for each is said.
const saysEach = ({ tokens }: Clause) =>
  tokens.some(({ lower }) => /^(?:each|every|any|new|all)$/u.test(lower));

const askToConfirm = (source: string, clause: Clause) =>
  `I took “${shorten(clauseText(source, clause.tokens), 80)}” as the start. Should it run for each new one?`;

const askToSplit = (source: string, clause: Clause) =>
  `A workflow has one start, so “${shorten(clauseText(source, clause.tokens), 80)}” became a condition. Should it be a workflow of its own?`;
