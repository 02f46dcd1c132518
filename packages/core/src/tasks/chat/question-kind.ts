/** What a question wants to know, when its words say so. */
export type QuestionKind = "cost" | "duration";

const asks: Readonly<Record<QuestionKind, RegExp>> = {
  cost: /\bhow much\b|\b(?:pric(?:es?|ing)|costs?|fees?|charges?|expensive|cheap(?:er|est)?)\b|[£$€]/iu,
  duration: /\bhow (?:long|soon|fast|quick(?:ly)?|often)\b|\bwhen\b|\bduration\b/iu,
};
const says: Readonly<Record<QuestionKind, RegExp>> = {
  cost: /[£$€]\s?\d|\d\s?(?:£|€|usd|gbp|eur|pounds?|dollars?|euros?)/iu,
  duration:
    /\b(?:\d[\d,.]*|one|two|three|seven|ten|thirty)[\s-]?(?:h|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b|\bday \d/iu,
};

/** Whether a question asks for an amount of money or of time; undefined when neither is clear. */
export const questionKindOf = (question: string): QuestionKind | undefined =>
  asks.cost.test(question) ? "cost" : asks.duration.test(question) ? "duration" : undefined;

/** Whether a sentence holds a figure of the kind that is asked for. */
export const answersKind = (sentence: string, kind: QuestionKind | undefined): boolean =>
  kind !== undefined && says[kind].test(sentence);
