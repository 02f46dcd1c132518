import type { Mention } from "../services/find-services.js";
import { mentionsIn } from "../services/mentions-in.js";
import type { Token } from "../services/scan-text.js";
import { appPhrase } from "./app-phrase.js";
import { canBeRead } from "./can-be-read.js";
import { type Clause, clauseText } from "./clause.js";
import { isResult } from "./is-result.js";
import { isSource } from "./is-source.js";
import { isReachedBy } from "./listed-with.js";
import { wordAt } from "./phrase-table.js";
import { fromScore, placePrepositions, prepositionScore } from "./preposition-score.js";
import type { WorkflowStep } from "./workflow-schema.js";
import type { Described, WrittenSteps } from "./write-steps.js";

/**
 * A title names more apps than the one where an action's work is done: "Copy rows from Airtable to Notion". Each of them
 * gets a step in its own words, before the action when things come from there.
 */
export function nameEveryApp(
  described: Described,
  clauses: readonly Clause[],
  written: readonly WrittenSteps[],
): WrittenSteps[] {
  const [start, ...actions] = written;
  const taken = new Set(written.flatMap(({ steps }) => steps.flatMap(({ service }) => service ?? [])));
  const completed = actions.map((part, index): WrittenSteps => {
    const clause = clauses[index];
    const isAction = clause?.kind === "action" || clause?.kind === "phrase";
    return isAction ? withOtherApps(described, { clause, part, taken }) : part;
  });
  return start === undefined ? completed : [start, ...completed];
}

interface WrittenClause {
  readonly clause: Clause;
  readonly part: WrittenSteps;
  /** Services that have a step; grows. */
  readonly taken: Set<string>;
}

function withOtherApps({ source, known }: Described, { clause, part, taken }: WrittenClause): WrittenSteps {
  const { tokens } = clause;
  const mentions = mentionsIn(tokens, known.starts);
  const placed = mentions.find(({ service }) => part.steps.some((step) => step.service === service.id));
  const before: WorkflowStep[] = [];
  const after: WorkflowStep[] = [];
  for (const mention of mentions) {
    const { id } = mention.service;
    if (taken.has(id) || isNoStep(tokens, mention, mentions)) continue;
    taken.add(id);
    const description = clauseText(source, appPhrase(tokens, mention, mentions));
    const isTarget =
      leadsTo(tokens, mention) && !(isIn(tokens, mention) && goesOn(tokens, mention, mentions));
    const isMeans = wordAt(tokens, mention.first - 1) === "with";
    const isEarlier = !isTarget && !isMeans && (placed === undefined || mention.first < placed.first);
    // "LinkedIn posts from Notion": what stands before "from" is where things go.
    const next = mentions.find(({ first }) => first > mention.last)?.first ?? tokens.length;
    const isGiven = tokens.slice(mention.last + 1, next).some(({ lower }) => lower === "from");
    const comesFrom =
      (isEarlier && !isGiven) ||
      isSource(tokens, mention) ||
      ofScores.has(prepositionScore(tokens, mention.first, "action"));
    // What only tells of its events cannot be read.
    if (comesFrom && !canBeRead(mention.service)) continue;
    (comesFrom ? before : after).push({ type: "action", service: id, description });
  }
  return { steps: [...before, ...part.steps, ...after], questions: part.questions };
}

const leadsTo = (tokens: readonly Token[], { first }: Mention) =>
  placePrepositions.has(wordAt(tokens, first - 1));
const isIn = (tokens: readonly Token[], { first }: Mention) =>
  /^(?:in|on|at)$/u.test(wordAt(tokens, first - 1));

// "All orders in Magento to Google Sheets": things are in the first, and go to the second.
const goesOn = (tokens: readonly Token[], { last }: Mention, mentions: readonly Mention[]) =>
  mentions.some(({ first }) => first > last && /^(?:to|into)$/u.test(wordAt(tokens, first - 1)));

// "From", "of" and "for" lead to what an action works on.
const ofScores = new Set([fromScore, 0]);

// A model ("with GPT") is how an action is done, and what is scraped is a web page.
function isNoStep(tokens: readonly Token[], mention: Mention, mentions: readonly Mention[]): boolean {
  const { service, first } = mention;
  if (service.category === "ai" || service.category === "built_in") return true;
  if (isReachedBy(tokens, mention, mentions) || isResult(tokens, mention, mentions)) return true;
  return /^(?:scrap|crawl)/u.test(wordAt(tokens, 0)) && first === mentions[0]?.first && mentions.length > 1;
}
