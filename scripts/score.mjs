// The figures of the local engine: how well it reads workflows, finds documents and repairs words, how long it takes,
// and whether the same question always gets the same answer; and what callers get when models fail.
//   npm run score
//   npm run score -- --workflows=<file.jsonl> --misspellings=<file>
// A line of the first file is { description, trigger, services, mentioned }; of the second, `wrong->right`.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { serviceCatalogue } from "../packages/core/src/tasks/services/service-catalogue.js";
import { compileWorkflow } from "../packages/core/src/tasks/workflow/compile-workflow.js";
import { runMain } from "./run.mjs";
import { failoverTables, scoreFailover } from "./score/failover-score.mjs";
import { probeHostileInput } from "./score/hostile-input.mjs";
import { compareProcesses, timeLocalAnswers } from "./score/local-answers.mjs";
import { scoreSearch, scoreSpelling } from "./score/search-score.mjs";
import { scoreWorkflow, tellScore } from "./score/workflow-score.mjs";

/** @param {string} name */
const option = (name) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);

/** @param {readonly object[]} rows figures with three digits after the point at most */
function tell(rows) {
  const short = (/** @type {unknown} */ value) =>
    typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
  console.table(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, short(value)]))),
  );
}

function tellWorkflows() {
  const file = option("workflows");
  if (file === undefined) return console.log("Not scored: give titles with --workflows=<file.jsonl>");
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  const ids = new Set(serviceCatalogue.map(({ id }) => id));
  const score = scoreWorkflow({ lines, compile: compileWorkflow, isService: (id) => ids.has(id) });
  console.log(tellScore({ ...score, failures: process.argv.includes("--failures") ? score.failures : [] }));
}

await runMain(async () => {
  const started = performance.now();
  console.log("\nWorkflows: titles of real workflows");
  tellWorkflows();
  console.log("\nSearch: share of queries whose document is among the first five; milliseconds a search");
  tell(scoreSearch());
  console.log("\nSpelling: share of misspelt words that are read right; milliseconds a word");
  tell(scoreSpelling(option("misspellings")));
  console.log("\nLocal answers: milliseconds");
  tell(await timeLocalAnswers());
  console.log("\nHostile input: worst milliseconds for 5,000 characters");
  tell(await probeHostileInput());
  const failover = await scoreFailover();
  for (const [heading, rows] of failoverTables(failover)) {
    console.log(`\n${heading}`);
    tell(rows);
  }
  if (failover.problems.length > 0) console.log(failover.problems.join("\n"));
  const { processes, digests } = await compareProcesses();
  console.log(
    `\nThe same questions in ${processes} processes of other time zones: ${digests} different answers`,
  );
  console.log(`Took ${Math.round((performance.now() - started) / 1000)} s`);
  return digests === 1 && failover.problems.length === 0 ? 0 : 1;
});
