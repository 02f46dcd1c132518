// How well local search finds, how typos hurt it, how well it repairs words, and how long that takes. The sets are made
// from what is installed; they tell versions of this code apart, not products.
//   npx tsx --conditions=@levqor/source scripts/score/search-score.mjs [--misspellings=<file>]
// The file has a line `wrong->right` (or several words after the arrow, of which the first counts) for each word.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import MiniSearch from "minisearch";
import { createSearchIndex } from "../../packages/core/src/search/create-search-index.js";
import { isMain } from "../is-main.mjs";
import { LEAST_LETTERS, mistype, mistypeQuery, seededRandom } from "./mechanical-typos.mjs";
import { documentationSet, pythonSet, scriptSet, sectionsOf, spread } from "./search-sets.mjs";
import { tellRows } from "./tell-rows.mjs";
import { webQueries } from "./web-queries.mjs";

/** @typedef {import("./search-sets.mjs").SearchSet} SearchSet */
/** @typedef {(query: string) => readonly string[]} Find */
/** @typedef {{ set: string, engine: string, documents: number, queries: number, recall5: number, mrr: number, typoRecall5: number, p50: number, p95: number }} SearchRow milliseconds */
/** @typedef {{ set: string, words: number, misspellings: number, top1: number, mean: number, p95: number }} SpellingRow milliseconds */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SEED = 7;
const HITS = 10;
const MISSPELLINGS = 1000;

/** @returns {SearchSet} */
function webSet() {
  const paths = [...new Set(webQueries.map(([, path]) => path))].filter((path) =>
    existsSync(join(ROOT, path)),
  );
  const documents = paths.flatMap((path) =>
    sectionsOf(readFileSync(join(ROOT, path), "utf8")).map(({ heading, text }, index) => ({
      id: `${path}#${index}`,
      title: heading,
      text,
    })),
  );
  const known = webQueries.filter(([, path]) => paths.includes(path));
  return { name: "web queries", documents, queries: known.map(([query, path]) => ({ query, id: path })) };
}

/** A hit is right when it is the document, or a section of the page. @param {string} hit @param {string} wanted */
const isRight = (hit, wanted) => hit === wanted || hit.startsWith(`${wanted}#`);

/** @param {readonly number[]} values @param {number} part 0 to 1 */
const quantile = (values, part) => values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;

/** @param {SearchSet} set @param {string} engine @param {Find} find @returns {SearchRow} */
function scoreSet({ name, documents, queries }, engine, find) {
  const random = seededRandom(SEED);
  /** @type {number[]} */
  const times = [];
  const counts = { found: 0, reciprocal: 0, typo: 0 };
  for (const { query, id } of queries) {
    const started = performance.now();
    const hits = find(query);
    times.push(performance.now() - started);
    const rank = hits.findIndex((hit) => isRight(hit, id));
    if (rank >= 0) counts.reciprocal += 1 / (rank + 1);
    if (rank >= 0 && rank < 5) counts.found++;
    if (
      find(mistypeQuery(query, random))
        .slice(0, 5)
        .some((hit) => isRight(hit, id))
    )
      counts.typo++;
  }
  const share = (/** @type {number} */ count) => count / queries.length;
  return {
    set: name,
    engine,
    documents: documents.length,
    queries: queries.length,
    recall5: share(counts.found),
    mrr: share(counts.reciprocal),
    typoRecall5: share(counts.typo),
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  };
}

/** Its default tokenizer and options: the figure to beat. @param {SearchSet} set */
function miniSearchOf({ documents }) {
  const index = new MiniSearch({ fields: ["title", "text"] });
  index.addAll(documents.map((document) => ({ title: "", ...document })));
  return (/** @type {string} */ query) =>
    index
      .search(query)
      .slice(0, HITS)
      .map((/** @type {{ id: string }} */ { id }) => id);
}

/** @returns {SearchRow[]} */
export function scoreSearch() {
  const sets = [scriptSet(ROOT), pythonSet(), documentationSet(ROOT), webSet()].filter(
    ({ queries }) => queries.length > 0,
  );
  /** @type {SearchRow[]} */
  const rows = [];
  for (const set of sets) {
    const index = createSearchIndex({ documents: set.documents });
    const find = (/** @type {string} */ query) => index.search(query, { limit: HITS }).map(({ id }) => id);
    rows.push(scoreSet(set, "levqor", find));
    rows.push(scoreSet(set, "minisearch", miniSearchOf(set)));
  }
  return rows;
}

/** Misspelt words against all words of the sets. @param {string} [file] of real misspellings @returns {SpellingRow[]} */
export function scoreSpelling(file) {
  const texts = [scriptSet(ROOT), documentationSet(ROOT)].flatMap(({ documents }) =>
    documents.map(({ text }) => text),
  );
  const words = [...new Set(texts.flatMap((text) => text.toLowerCase().match(/[a-z]{4,}/g) ?? []))].sort();
  const random = seededRandom(SEED);
  const mechanical = spread(words, MISSPELLINGS).map((right) => ({ wrong: mistype(right, random), right }));
  const rows = [scoreWords("mechanical", words, mechanical)];
  if (file !== undefined) rows.push(scoreWords("real", words, realMisspellings(file)));
  return rows;
}

/** @param {string} file */
function realMisspellings(file) {
  const pairs = readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, wrong = "", right = ""] = /^([a-z]+)->([a-z]+)/.exec(line) ?? [];
      return right.length >= LEAST_LETTERS ? [{ wrong, right }] : [];
    });
  return spread(pairs, MISSPELLINGS);
}

/** @param {string} set @param {string[]} known @param {{ wrong: string, right: string }[]} pairs @returns {SpellingRow} */
function scoreWords(set, known, pairs) {
  const wrongs = new Set(pairs.map(({ wrong }) => wrong));
  const words = [...new Set([...known, ...pairs.map(({ right }) => right)])].filter(
    (word) => !wrongs.has(word),
  );
  const index = createSearchIndex({ documents: words.map((word) => ({ id: word, text: word })) });
  const left = pairs.filter(({ wrong, right }) => wrong !== right && !wrongs.has(right));
  /** @type {number[]} */
  const times = [];
  let top1 = 0;
  for (const { wrong, right } of left) {
    const started = performance.now();
    const [correction] = index.corrections(wrong);
    times.push(performance.now() - started);
    if (correction?.to === right) top1++;
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return {
    set,
    words: words.length,
    misspellings: left.length,
    top1: top1 / left.length,
    mean,
    p95: quantile(times, 0.95),
  };
}

if (isMain(import.meta.url)) {
  const file = process.argv.find((argument) => argument.startsWith("--misspellings="))?.split("=")[1];
  tellRows(scoreSearch());
  tellRows(scoreSpelling(file));
}
