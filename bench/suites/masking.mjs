import { measureHosted } from "../lib/hosted-contenders.mjs";
import { figure, markdownTable } from "../lib/markdown-table.mjs";
import { median } from "../lib/statistics.mjs";
import { bytes } from "../masking/texts.mjs";

export const title = "Masking";
export const contenders = {
  levqor: "levqor",
  "@redactpii/node": "redactpii-node",
  "redact-pii": "redact-pii",
  openredaction: "openredaction",
};

/** Megabytes a second of CPU, beside what is hidden. */
export async function run({ names, rounds, quick, log }) {
  const { results, facts } = await measureHosted({
    contenders: names.map((name) => ({
      name,
      module: new URL(`../masking/${contenders[name]}.mjs`, import.meta.url),
    })),
    asks: new URL("../masking/asks.mjs", import.meta.url),
    settings: {},
    jobs: ["clean", "mixed"].map((call) => ({ call, title: call, lanes: 1, ms: quick ? 100 : 400 })),
    warmMs: quick ? 500 : 2_000,
    rounds,
    log,
  });
  const speedOf = (figures) =>
    Array.isArray(figures) ? figure(bytes / median(figures.map(({ cpu }) => cpu))) : figures.message;
  const rows = names.map((name) => [
    name,
    ...results.map(({ figures }) => speedOf(figures.get(name))),
    facts.get(name)?.hidden,
    facts.get(name)?.kept,
  ]);
  const columns = ["", "clean, MB/s", "mixed, MB/s", "values hidden", "clean texts left alone"];
  return [`Texts of 2 KB, without and with personal values.`, markdownTable(columns, rows)];
}
