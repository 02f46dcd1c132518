// Writes packages/core/src/budget/price-data.ts: what chat and embedding models cost, from the installed version of
// @pydantic/genai-prices (MIT). To update: install a newer version, run this with the day that version was published on
// (`npm view @pydantic/genai-prices time`; the package itself does not tell), read the difference.
//   node scripts/update-prices.mjs 2026-09-23
import { readFile, writeFile } from "node:fs/promises";
import { findProvider } from "@pydantic/genai-prices";
import { ROOT } from "./prepare.mjs";
import { run, runMain } from "./run.mjs";

/**
 * @typedef {import("@pydantic/genai-prices").Provider["models"][number]} Model
 * @typedef {import("@pydantic/genai-prices").MatchLogic} Match
 * @typedef {Record<string, number | { base: number, tiers: readonly { start: number, price: number }[] } | undefined>} Rates
 * @typedef {{ inputUsd: number, outputUsd: number, cachedInputUsd?: number, cacheWriteUsd?: number }} Prices
 * @typedef {Prices & { tiers?: readonly (Prices & { aboveInputTokens: number })[] }} Price
 */

const output = "packages/core/src/budget/price-data.ts";

/** Who sells models under names of their own, with the names that are theirs, and what is written in front of them. */
const vendors = [
  {
    id: "openai",
    prefixes: ["openai"],
    names: /^(?!gpt-oss|ft:|text-davinci)(gpt|o\d|chatgpt|codex|text-embedding)/,
  },
  { id: "anthropic", prefixes: ["anthropic"], names: /^claude-/ },
  { id: "google", prefixes: ["google", "gemini", "models"], names: /^(gemini|gemma)-/ },
  { id: "mistral", prefixes: ["mistral", "mistralai"], names: /./ },
  { id: "groq", prefixes: ["groq"], names: /./ },
  { id: "deepseek", prefixes: ["deepseek"], names: /./ },
  { id: "x-ai", prefixes: ["x-ai", "xai"], names: /^grok-/ },
  { id: "cohere", prefixes: ["cohere"], names: /./ },
  { id: "voyageai", prefixes: ["voyage", "voyageai"], names: /./ },
];

/** Models that speak, paint or listen have prices that tokens of text do not tell. */
const otherThanText =
  /audio|realtime|transcribe|tts|image|vision|live|omni|voice|voxtral|whisper|ocr|moderation|guard/;

/** Models that nobody serves any more, and beginnings of names. */
const retired =
  /^(gpt-3\.5-(?!turbo$)|gpt-35|gpt-4(-32k|-\d|-turbo-|\.5|o:)|o1-(mini|preview)|claude-(\d$|v\d|3-sonnet)|gemini-(pro|flash|1)|gemma-?[27]|llama(2|3)-|llama-3\.2|llama-3.*specdec|c4ai|aya)|^gemini.*-0$|-2025$/;

/** @type {readonly (readonly [keyof Prices, string])[]} */
const fields = [
  ["inputUsd", "input_mtok"],
  ["outputUsd", "output_mtok"],
  ["cachedInputUsd", "cache_read_mtok"],
  ["cacheWriteUsd", "cache_write_mtok"],
];

/** The names that a model is called by in full. @param {Match} match @returns {string[]} */
function namesIn(match) {
  if ("or" in match) return match.or.flatMap(namesIn);
  if ("equals" in match) return [match.equals];
  if ("starts_with" in match) return [match.starts_with];
  return "contains" in match ? [match.contains] : [];
}

/**
 * The rates of a day. By time of day the dearest: a budget must hold at noon too.
 * @param {Model["prices"]} prices @param {string} day @returns {Rates[]}
 */
function ratesOn(prices, day) {
  if (!Array.isArray(prices)) return [prices];
  /** @type {Rates[]} */
  let rates = [];
  for (const { constraint, prices: each } of prices) {
    if (constraint?.type === "time_of_date") rates.push(each);
    else if (constraint === undefined || constraint.start_date <= day) rates = [each];
  }
  return rates;
}

/** What a rate is for prompts above so many tokens. @param {Rates[string]} rate @param {number} above */
function rateAbove(rate, above) {
  if (rate === undefined || typeof rate === "number") return rate;
  return rate.tiers.reduce((price, tier) => (tier.start <= above ? tier.price : price), rate.base);
}

/** @param {readonly Rates[]} rates @param {number} above @returns {Prices} */
function pricesAbove(rates, above) {
  const dearest = fields.flatMap(([field, key]) => {
    const found = rates.flatMap((each) => rateAbove(each[key], above) ?? []);
    return found.length === 0 ? [] : [[field, Math.max(...found)]];
  });
  return { inputUsd: 0, outputUsd: 0, ...Object.fromEntries(dearest) };
}

/** @param {Model} model @param {string} day @returns {Price | undefined} */
function priceOf({ prices }, day) {
  const rates = ratesOn(prices, day);
  if (!rates.some((each) => each["input_mtok"] !== undefined)) return undefined;
  const starts = rates.flatMap((each) =>
    Object.values(each).flatMap((rate) =>
      typeof rate === "object" ? rate.tiers.map(({ start }) => start) : [],
    ),
  );
  const tiers = [...new Set(starts)]
    .toSorted((a, b) => a - b)
    .map((start) => ({ aboveInputTokens: start, ...pricesAbove(rates, start) }));
  const price = pricesAbove(rates, -1);
  return tiers.length === 0 ? price : { ...price, tiers };
}

/** A dated name, without its date. @param {string} name */
const family = (name) => name.replace(/[-@](\d{4}-\d{2}-\d{2}|\d{8})$/, "");

/**
 * Every name with its price; one that two vendors sell has the dearer price.
 * @param {string} day @returns {Map<string, { vendor: string, price: Price }>}
 */
function pricesByName(day) {
  /** @type {Map<string, { vendor: string, price: Price }>} */
  const known = new Map();
  for (const { id, names } of vendors) {
    const provider = findProvider({ providerId: id });
    if (provider === undefined) throw new Error(`@pydantic/genai-prices has no provider "${id}"`);
    for (const model of provider.models) {
      const price = model.deprecated ? undefined : priceOf(model, day);
      if (price === undefined || otherThanText.test(model.id)) continue;
      for (const name of new Set([model.id, ...namesIn(model.match)])) {
        const other = known.get(name);
        if (!names.test(name) || otherThanText.test(name) || retired.test(name) || /[^a-z\d]$/.test(name))
          continue;
        if (other === undefined || other.price.outputUsd < price.outputUsd)
          known.set(name, { vendor: id, price });
      }
    }
  }
  for (const [name, { price }] of known) {
    const relative = known.get(family(name));
    if (family(name) !== name && JSON.stringify(relative?.price) === JSON.stringify(price))
      known.delete(name);
  }
  return known;
}

/** A price as one writes it. @param {Price} price */
const literal = (price) =>
  JSON.stringify(price)
    .replace(/"(\w+)":/g, " $1: ")
    .replaceAll("}", " }");

/** Whether a text is a day that there was, as `2026-12-31`. @param {string} text */
function isDay(text) {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text && date <= new Date();
}

/** @param {string} day @param {string} version */
function source(day, version) {
  /** @type {Map<string, { names: string[], price: Price }>} */
  const rows = new Map();
  for (const [name, { vendor, price }] of pricesByName(day)) {
    const key = JSON.stringify([vendor, price]);
    rows.set(key, { names: [...(rows.get(key)?.names ?? []), name], price });
  }
  const lines = [...rows.values()].map(({ names, price }) => `  "${names.join(" ")}": ${literal(price)},`);
  return `// Written by scripts/update-prices.mjs from @pydantic/genai-prices ${version} (MIT); change nothing by hand.
import type { ModelPrice } from "./model-price.js";

/** The day of the data that these list prices are from, UTC: what changed after it is not in the table. */
export const pricesAsOf = "${day}";

/** What may be written in front of a model's name, with a slash. */
export const vendorPrefixes: readonly string[] = ${JSON.stringify(vendors.flatMap(({ prefixes }) => prefixes)).replaceAll(",", ", ")};

/** List prices (standard tier, text) under the names of the models that have them, apart by spaces. */
// biome-ignore format: a row is a line
export const priceData: Readonly<Record<string, ModelPrice>> = {
${lines.join("\n")}
};
`;
}

await runMain(async () => {
  const [day = ""] = process.argv.slice(2);
  if (!isDay(day))
    throw new Error("Say the day that the data is from: node scripts/update-prices.mjs 2026-12-31");
  const manifest = await readFile(`${ROOT}/node_modules/@pydantic/genai-prices/package.json`, "utf8");
  await writeFile(`${ROOT}/${output}`, source(day, JSON.parse(manifest).version));
  return run("npx", ["biome", "check", "--write", output]);
});
