import type { Token } from "../services/scan-text.js";
import { wordAt } from "./phrase-table.js";

const pronouns = new Set("it them him her me us".split(" "));
const articles = new Set("a an the my our their this these".split(" "));
const particles = new Set("on off out up down back".split(" "));
const noVerbs =
  /^(?:and|or|but|for|from|to|with|by|in|on|at|of|about|like|as|that|which|who|whose|what|where|how|why|is|are|was|were|be|can|could|will|would|do|did|may|might|i|it|we|you|he|she|they|if|when|while|until|since|because|gives?|gave|after|before|during|within|between|over|under|above|below|near|around|than|lets?|not|has|have|had|both|all|each|every|maybe|perhaps|even|only|just|either|neither|without|per|via|into|onto|through|using|except|including|off|out|up|down|back|.{1,30}(?:ing|ed|s))$/u;

/** ", crosspost it to …": a word with "it" behind it does something, known or not. */
export const isUnknownVerb = (tokens: readonly Token[], index: number): boolean =>
  mayBeVerb(tokens, index) && pronouns.has(wordAt(tokens, index + 1));

/** "…, plan the route", "… and switch on the fan": inside a list of things to do, an article is enough. */
export function isFurtherVerb(tokens: readonly Token[], index: number): boolean {
  if (!mayBeVerb(tokens, index) || !/^\p{Ll}/u.test(tokens[index]?.text ?? "")) return false;
  const object = particles.has(wordAt(tokens, index + 1)) ? index + 2 : index + 1;
  const word = wordAt(tokens, object);
  return articles.has(word) || pronouns.has(word);
}

const mayBeVerb = (tokens: readonly Token[], index: number) => {
  const word = wordAt(tokens, index);
  return word !== "" && !noVerbs.test(word);
};
