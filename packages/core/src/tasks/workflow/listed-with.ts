import type { Mention } from "../services/find-services.js";
import type { Token } from "../services/scan-text.js";

/**
 * The apps that share an action: "Slack, Teams and Discord", names with nothing but commas and "and" between them. A
 * model beside other apps ("with Postgres and Ollama") is how it is done, and shares nothing.
 */
export function listedWith(
  mention: Mention,
  mentions: readonly Mention[],
  tokens: readonly Token[],
): readonly Mention[] {
  let group: Mention[] = [];
  for (const next of mentions) {
    const last = group.at(-1);
    if (last !== undefined && areJoined(tokens, last, next)) group.push(next);
    else if (group.includes(mention)) break;
    else group = [next];
  }
  const apps = group.filter(({ service }) => service.category !== "ai");
  return apps.length === 0 ? group : apps;
}

function areJoined(tokens: readonly Token[], left: Mention, right: Mention): boolean {
  if (right.first <= left.last + 1) return false;
  const between = tokens.slice(left.last + 1, right.first);
  const isJoint = (token: Token) => token.kind === "comma" || /^(?:and|&|\+|\/)$/u.test(token.lower);
  return (
    between.every((token) => isJoint(token) || /^(?:to|on|in)$/u.test(token.lower)) && between.some(isJoint)
  );
}

/** Whether the next name, in brackets, says how an app is reached: "WhatsApp (Twilio)". */
export const isReachedBy = (
  tokens: readonly Token[],
  { last }: Mention,
  mentions: readonly Mention[],
): boolean => tokens[last + 1]?.text === "(" && mentions.some(({ first }) => first === last + 2);
