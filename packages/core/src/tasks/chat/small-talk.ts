import { wordsOf } from "./chat-words.js";

/** What a message is when it asks nothing of the product. */
export type SmallTalk = "greeting" | "thanks" | "farewell" | "capabilities";

const set = (text: string) => new Set(text.split(/\s+/u));
const greetings = set("hi hello hey hiya howdy greetings morning afternoon evening hallo bonjour hola yo");
const farewells = set("bye goodbye cheerio ciao farewell later");
const thanks = set("thanks thank thx cheers ty appreciated merci danke gracias");
const fillers = set(
  `a all again are assistant bot day everyone folks for friend good great have how i is it lot ok okay much nice now so
  team that the there this to up very what's you your yourself help helpful perfect awesome see soon bye well doing going`,
);
const capabilityQuestions = [
  "what can you do", "what do you do", "who are you", "what are you", "how can you help", "what can i ask",
  "can you help", "help me", "i need help", "how does this work", "what do you know", "are you a bot", "are you human",
  "what can you help",
]; // biome-ignore format: a list of phrases

/** Recognises small talk; undefined for a real question. */
export function smallTalkOf(message: string): SmallTalk | undefined {
  const words = wordsOf(message).slice(0, 12);
  const isAll = (kind: ReadonlySet<string>) =>
    words.length < 9 &&
    words.some((word) => kind.has(word)) &&
    words.every((word) => kind.has(word) || fillers.has(word));
  if (isAll(thanks) || (isAll(new Set([...thanks, ...greetings])) && words.some((word) => thanks.has(word))))
    return "thanks";
  if (isAll(farewells)) return "farewell";
  if (isAll(greetings)) return "greeting";
  const asked = words.filter((word) => !greetings.has(word)).join(" ");
  const short = words.length < 8;
  const asksWhat =
    short && capabilityQuestions.some((question) => asked === question || asked.startsWith(`${question} `));
  return asked === "help" || (asksWhat && !/^(?:can you help|help me|i need help) .*\p{L}{4}/u.test(asked))
    ? "capabilities"
    : undefined;
}
