// How much the masker hides of a labelled set, how much it hides without need and how long it takes, beside two others.
//   npm run score:pii -- --set=<file.jsonl>      and --failures to list what stays open or is hidden without need,
//                                                --packages to count what is found in the texts of installed packages
// A line of the set is { text, spans [{ start, end, type }], type, label, scope }; see scripts/score/pii-score.mjs.
import { patternMasker } from "@levqor/core";
import { runMain } from "./run.mjs";
import { foundInPackages } from "./score/pii-clean-packages.mjs";
import { openRedactionFinder, redactPiiFinder } from "./score/pii-rivals.mjs";
import { readLabelledLines, scoreFinder, totalRow, typeRows } from "./score/pii-score.mjs";
import { timeMasking } from "./score/pii-speed.mjs";
import { tellRows } from "./score/tell-rows.mjs";

const file = process.argv.find((argument) => /^--set=|\.jsonl$/.test(argument))?.replace(/^--set=/, "");

await runMain(async () => {
  const masker = patternMasker();
  if (file === undefined) console.log("Not scored: give a labelled set with --set=<file.jsonl>");
  else {
    const lines = readLabelledLines(file);
    const finders = [
      { name: "levqor", find: (/** @type {string} */ text) => masker.detect(text) },
      openRedactionFinder(),
      redactPiiFinder(),
    ];
    const scores = [];
    for (const finder of finders) scores.push(await scoreFinder(lines, finder));
    const [own] = scores;
    if (own !== undefined) {
      tellRows(typeRows(own));
      if (process.argv.includes("--failures")) console.log(own.failures.join("\n"));
    }
    tellRows(scores.map(totalRow));
  }
  if (process.argv.includes("--packages")) {
    console.log("Found in READMEs, change logs and sources of installed packages; some are right");
    tellRows(foundInPackages((text) => masker.detect(text)));
  }
  console.log("Milliseconds for a prompt of 1 KB; megabytes a second of clean text");
  const openRedaction = openRedactionFinder();
  const redactPii = redactPiiFinder();
  tellRows([
    { masker: "levqor", ...(await timeMasking((text) => masker.mask(text, {}))) },
    { masker: openRedaction.name, ...(await timeMasking((text) => openRedaction.find(text))) },
    { masker: redactPii.name, ...(await timeMasking((text) => redactPii.find(text))) },
  ]);
  return 0;
});
