// The figures of the injection signal on labelled lines: { text, label: "malicious" | "benign", category, source }.
//   npm run score:injection -- --set=<file.jsonl>
//   npm run score:injection -- --set=<file.jsonl> --rivals=<folder>       beside the detector of score/injection-rivals.mjs
//   npm run score:injection -- --set=<file.jsonl> --fit       fits the weights to the lines and writes them down
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runMain } from "./run.mjs";
import { fitInjection } from "./score/injection-fit.mjs";
import { loadRivals } from "./score/injection-rivals.mjs";
import {
  readLines,
  scoreRivals,
  scoreShipped,
  scoreUnseen,
  timeDetection,
  toSample,
} from "./score/injection-score.mjs";
import { tellRows } from "./score/tell-rows.mjs";

const weightsFile = fileURLToPath(
  new URL("../packages/core/src/sanitize/injection/injection-weights.ts", import.meta.url),
);

/** @param {readonly import("./score/injection-score.mjs").Line[]} lines */
function writeWeights(lines) {
  const { bias, weights } = fitInjection(lines.map(toSample));
  const written = Object.entries(weights).map(([name, weight]) => `  ${name}: ${Number(weight.toFixed(2))},`);
  writeFileSync(
    weightsFile,
    [
      'import type { InjectionSignalName } from "./injection-signals.js";',
      "",
      "/** Logarithmic odds of a text without any trait. */",
      `export const injectionBias: number = ${bias};`,
      "",
      "/** What each trait adds to them. Fitted: `npm run score:injection -- --set=<file.jsonl> --fit` writes this file. */",
      "export const injectionWeights: Readonly<Record<InjectionSignalName, number>> = {",
      ...written,
      "};",
      "",
    ].join("\n"),
  );
}

/** @param {string} name */
const option = (name) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);

await runMain(async () => {
  const file = option("set");
  if (file === undefined) {
    console.log("Give labelled lines with --set=<file.jsonl>");
    return 1;
  }
  const lines = readLines(file);
  if (process.argv.includes("--fit")) {
    writeWeights(lines);
    console.log("Wrote the weights; run again without --fit to see the figures.");
    return 0;
  }
  const { categories, sources } = scoreShipped(lines);
  console.log("\nFlagged, by category (+ attacks, – harmless)");
  tellRows(categories);
  console.log("\nFlagged, by source");
  tellRows(sources);
  console.log("\nFlagged with weights fitted without the source's publisher");
  tellRows(scoreUnseen(lines));
  const rivals = option("rivals");
  if (rivals !== undefined) {
    console.log("\nBeside others");
    tellRows(scoreRivals(lines, await loadRivals(rivals)));
  }
  console.log("\nCost");
  tellRows(timeDetection(lines));
  return 0;
});
