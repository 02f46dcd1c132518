import type { Token } from "../services/scan-text.js";

const lead = /^(?:run|runs|on|with|at|by|using|via|a|an|the|cron|crontab|schedule|expression|job|:)$/u;
const mostLead = 6;
const field =
  /^(?:\*|\d{1,2}|[a-z]{3})(?:-(?:\d{1,2}|[a-z]{3}))?(?:[,/](?:\d{1,2}|[a-z]{3})(?:-(?:\d{1,2}|[a-z]{3}))?){0,12}$/iu;
const fewestFields = 5;
const longestField = 60;

/** How many tokens from `first` on are a cron expression, with the words that introduce it; 0 when none are. */
export function cronLength(tokens: readonly Token[], first: number): number {
  const start = tokens[first];
  if (
    start === undefined ||
    !/^[\d*"'“]|^(?:run|on|with|at|cron|crontab|schedule|using|via|by)/iu.test(start.text)
  )
    return 0;
  for (let skip = 0; skip <= mostLead; skip++) {
    const token = tokens[first + skip];
    if (token === undefined) return 0;
    const length = token.kind === "quoted" ? quotedLength(token) : bareLength(tokens, first + skip);
    if (length > 0) return skip + length;
    if (!lead.test(token.lower)) return 0;
  }
  return 0;
}

const quotedLength = ({ text }: Token) => (isCron(text.slice(1, -1).trim().split(/\s+/u)) ? 1 : 0);

// A field may be several tokens: "*" "/" "15".
function bareLength(tokens: readonly Token[], first: number): number {
  if (!/^[\d*]/u.test(tokens[first]?.text ?? "")) return 0;
  const fields: string[] = [];
  let index = first;
  while (index < tokens.length && fields.length < fewestFields) {
    let text = "";
    let end = tokens[index]?.start;
    while (tokens[index] !== undefined && tokens[index]?.start === end && text.length < longestField) {
      if (text !== "" && (tokens[index]?.text === ":" || tokens[index]?.text === ")")) break;
      if (
        fields.length === fewestFields - 1 &&
        tokens[index]?.kind === "comma" &&
        !nextTouches(tokens, index)
      )
        break;
      text += tokens[index]?.text;
      end = tokens[index]?.end;
      index++;
    }
    if (!field.test(text)) return 0;
    fields.push(text);
  }
  return isCron(fields) ? index - first : 0;
}

const nextTouches = (tokens: readonly Token[], index: number) =>
  tokens[index + 1] !== undefined && tokens[index + 1]?.start === tokens[index]?.end;

const isCron = (fields: readonly string[]) =>
  fields.length >= fewestFields &&
  fields.length <= fewestFields + 1 &&
  fields.includes("*") &&
  fields.every((text) => field.test(text));
