import { isDeepStrictEqual } from "node:util";
import { answer, personalQuestion, question, streamedAnswer, verdict } from "../prompt.mjs";

/**
 * What is asked of a contender of the suite "calls", by job. Every answer is checked. No question is asked twice, but where
 * a cached answer is wanted.
 */
export async function asks(contender) {
  let asked = 0;
  const fresh = (text) => `${text} Ticket ${asked++}.`;
  const text = (call) => async () => equal(await call(fresh(question)), answer);
  const all = {
    chat: text(contender.chat),
    pipeline: text(contender.pipeline),
    async object() {
      equal(await contender.object(fresh(question)), verdict);
    },
    async stream() {
      let text = "";
      let firstAt;
      await contender.stream(fresh(personalQuestion), (delta) => {
        firstAt ??= performance.now();
        text += delta;
      });
      equal(text, streamedAnswer);
      return firstAt;
    },
    async cacheHit() {
      equal(await contender.cacheHit(question), answer);
    },
    async local() {
      equal(await contender.local(), "local");
    },
  };
  if (contender.cacheHit !== undefined) await contender.chat(question);
  return Object.fromEntries(Object.entries(all).filter(([job]) => contender[job] !== undefined));
}

function equal(got, wanted) {
  if (!isDeepStrictEqual(got, wanted)) throw new Error(`wrong answer: ${JSON.stringify(got)?.slice(0, 200)}`);
}
