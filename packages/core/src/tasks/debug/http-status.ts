const saidBefore =
  /^(?:http|https|status|code|statuscode|error|returned|returns|got|response|received|with|a|an)$/u;
const saidAfter =
  /^(?:from|error|unauthorized|forbidden|not|bad|too|internal|service|gateway|conflict|gone|payment|unprocessable|timeout|response|status)$/u;

/** The HTTP error status that a folded message names ("401 from Slack", "status code 503"), if it does. */
export function statusInWords(words: string): number | undefined {
  const list = words.trim().split(" ");
  const index = list.findIndex(
    (word, at) =>
      /^[45]\d\d$/u.test(word) &&
      (list.length === 1 || saidBefore.test(list[at - 1] ?? "") || saidAfter.test(list[at + 1] ?? "")),
  );
  return index < 0 ? undefined : Number(list[index]);
}
