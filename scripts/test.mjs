// `npm test`: everything; `npm test -- --project core` and other arguments go to vitest.
import { prepare } from "./prepare.mjs";
import { run, runMain } from "./run.mjs";
import { provision } from "./services.mjs";

/** Was a part of the suite asked for? The drift monitor belongs to the whole. @param {string} argument */
const selectsTests = (argument) => /^(--project|-t|--testNamePattern|[^-])/.test(argument);

await runMain(async () => {
  prepare();
  const args = process.argv.slice(2);
  provision(["redis", "postgres", "chromium"]);
  const tests = await run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...args]);
  if (args.some(selectsTests)) return tests;
  const drift = await run(process.execPath, ["examples/levqor/scripts/drift-monitor.mjs"]);
  if (tests !== 0) console.error("npm test: tests failed, see the summary above.");
  if (drift !== 0) console.error("npm test: the drift monitor found violations.");
  return tests || drift;
});
