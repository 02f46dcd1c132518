// How long a local answer takes when the input is made to take long: one word for pages, joints without clauses, names
// that are almost names, other scripts, code. Every answer has to be valid or a typed refusal; nothing may throw.
//   npx tsx --conditions=@levqor/source scripts/score/hostile-input.mjs
import { isGatewayError } from "@levqor/core";
import { isMain } from "../is-main.mjs";
import { askTask, localGateway } from "./local-answers.mjs";
import { seededRandom } from "./mechanical-typos.mjs";
import { tellRows } from "./tell-rows.mjs";

const length = 5000;
const rounds = 5;
const warmUps = 5;

/** @typedef {{ name: string, text: string }} Seed */
/** @typedef {{ task: string, input: (text: string) => object }} HostileTask */
/** @typedef {{ task: string, worstMs: number, seed: string, asked: number, refused: number, threw: string[] }} TaskWorst */

/** @param {string} piece */
const filled = (piece) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** @param {readonly string[]} words @param {number} seed */
function shuffledWords(words, seed) {
  const random = seededRandom(seed);
  let text = "";
  while (text.length < length) text += `${words[Math.floor(random() * words.length)]} `;
  return text.slice(0, length);
}

const grammar =
  "when if unless otherwise every monday at 9 then and , : . → send add email slack sheets to from in a the it new * 0 for each on".split(
    " ",
  );

/** @type {readonly Seed[]} */
const hostileSeeds = [
  ...[
    "if ",
    "and ",
    ", ",
    "a",
    "when ",
    "😀",
    "👩‍👩‍👧‍👦 ",
    "[",
    "(((",
    "7",
    "0 ",
    "* ",
    "Slack ",
    "slakc ",
    "gogle shets ",
    "google ",
    "every ",
    "then if so, else ",
    "a new a should ",
    "post it to Slack, Discord and ",
    "a@a.",
    "https://a.",
    '"',
    "'a ",
    "\n",
    "-> ",
    "don't ",
    "1) ",
    "trigger: ",
    "nachricht und ",
    "メッセージを送信 ",
    "رسالة ",
    '{"a":[',
    "SELECT * FROM a; ",
    "\u0000\u202e",
    "é\u0301\u0301\u0301",
    "xxxxxxxxxxxx ",
    "Aa0_-",
    "ECONNREFUSED 500 timeout ",
  ].map((piece) => ({ name: JSON.stringify(piece), text: filled(piece) })),
  ...[1, 2, 3, 4, 5].map((seed) => ({ name: `grammar ${seed}`, text: shuffledWords(grammar, seed) })),
  { name: "1 MB of one word", text: "a".repeat(1_000_000) },
  { name: "1 MB of words", text: "when slakc ".repeat(90_000) },
  { name: "nothing", text: "" },
  { name: "a space", text: " " },
];

/** @type {readonly HostileTask[]} */
const hostileTasks = [
  {
    task: "workflow",
    input: (text) => ({
      description: text,
      context: { experience_level: "beginner", tools: Array(50).fill(text.slice(0, 200)) },
    }),
  },
  {
    task: "debug",
    input: (text) => ({ error_type: text, message: text, context: { endpoint: text.slice(0, 500) } }),
  },
  { task: "chat", input: (text) => ({ message: text, context: { page: text.slice(0, 100) } }) },
  { task: "onboarding", input: (text) => ({ stage: text, context: {} }) },
  { task: "semantic_search", input: (text) => ({ query: text }) },
  { task: "intelligent_search", input: (text) => ({ query: text }) },
  { task: "get_recommendations", input: (text) => ({ item_ids: [text.slice(0, 500)] }) },
];

/**
 * Asks every task with every seed, several times; the quickest time of a seed counts, so that the machine does not.
 *
 * @param {{ tasks?: readonly HostileTask[], seeds?: readonly Seed[] }} [options]
 * @returns {Promise<TaskWorst[]>} milliseconds for 5,000 characters; `threw` names the seeds with an untyped error
 */
export async function probeHostileInput({ tasks = hostileTasks, seeds = hostileSeeds } = {}) {
  const gateway = localGateway();
  /** @type {TaskWorst[]} */
  const results = [];
  for (const { task, input } of tasks) {
    const worst = { task, worstMs: 0, seed: "", asked: 0, refused: 0, threw: /** @type {string[]} */ ([]) };
    for (const { text } of seeds.slice(0, warmUps)) await timeAnswer(gateway, task, input(text));
    for (const seed of seeds) {
      const answer = await timeAnswer(gateway, task, input(seed.text));
      worst.asked++;
      if (answer.outcome === "refused") worst.refused++;
      if (answer.outcome === "threw") worst.threw.push(seed.name);
      if (answer.ms > worst.worstMs) Object.assign(worst, { worstMs: answer.ms, seed: seed.name });
    }
    results.push(worst);
  }
  return results;
}

/** @param {import("@levqor/core").AiGateway} gateway @param {string} task @param {object} input */
async function timeAnswer(gateway, task, input) {
  let ms = Number.POSITIVE_INFINITY;
  let outcome = "answered";
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const processor = process.cpuUsage();
    try {
      await askTask(gateway, task, input);
    } catch (error) {
      outcome = isGatewayError(error, "invalid_input") ? "refused" : "threw";
    }
    const { user, system } = process.cpuUsage(processor);
    // On a busy machine the clock counts other programs too, and with other threads the processor counts more.
    ms = Math.min(ms, performance.now() - started, (user + system) / 1000);
  }
  return { ms, outcome };
}

if (isMain(import.meta.url)) tellRows(await probeHostileInput());
