// The figures of the local engine: how well it reads workflows, finds documents and repairs words, how long it takes,
// and whether the same question always gets the same answer; and what callers get when models fail.
//   npm run score
//   npm run score -- --workflows=<file.jsonl> --misspellings=<file>      and --failures to list the titles that are read wrong
// A line of the first file is { description, trigger, services, mentioned }; of the second, `wrong->right`.
import { performance } from "node:perf_hooks";
import { builtInNames } from "../packages/core/src/tasks/services/built-in-names.js";
import { compileWorkflow } from "../packages/core/src/tasks/workflow/compile-workflow.js";
import { runMain } from "./run.mjs";
import { failoverTables, scoreFailover } from "./score/failover-score.mjs";
import { probeHostileInput } from "./score/hostile-input.mjs";
import { compareProcesses, timeLocalAnswers } from "./score/local-answers.mjs";
import { scoreSearch, scoreSpelling } from "./score/search-score.mjs";
import { tellRows } from "./score/tell-rows.mjs";
import { readLines, scoreWorkflow, tellScore } from "./score/workflow-score.mjs";

/** @param {string} name */
const option = (name) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);

function tellWorkflows() {
  const file = option("workflows");
  if (file === undefined) return console.log("Not scored: give titles with --workflows=<file.jsonl>");
  const score = scoreWorkflow({
    lines: readLines(file),
    compile: compileWorkflow,
    isService: (id) => builtInNames.byId(id) !== undefined,
  });
  console.log(tellScore({ ...score, failures: process.argv.includes("--failures") ? score.failures : [] }));
}

await runMain(async () => {
  const started = performance.now();
  console.log("\nWorkflows: titles of real workflows");
  tellWorkflows();
  console.log("\nSearch: share of queries whose document is among the first five; milliseconds a search");
  tellRows(scoreSearch());
  console.log("\nSpelling: share of misspelt words that are read right; milliseconds a word");
  tellRows(scoreSpelling(option("misspellings")));
  console.log("\nLocal answers: milliseconds");
  tellRows(await timeLocalAnswers());
  console.log("\nHostile input: worst milliseconds for 5,000 characters");
  tellRows(await probeHostileInput());
  const failover = await scoreFailover();
  for (const [heading, rows] of failoverTables(failover)) {
    console.log(`\n${heading}`);
    tellRows(rows);
  }
  if (failover.problems.length > 0) console.log(failover.problems.join("\n"));
  const { processes, digests } = await compareProcesses();
  console.log(
    `\nThe same questions in ${processes} processes with other time zones and languages: ${digests === 1 ? "the same answers" : `${digests} kinds of answers`}`,
  );
  console.log(`Took ${Math.round((performance.now() - started) / 1000)} s`);
  return digests === 1 && failover.problems.length === 0 ? 0 : 1;
});
