// `npm run check`: every check beside the tests. All of them run, so that one report shows all that is wrong.
import { prepare } from "./prepare.mjs";
import { run, runMain } from "./run.mjs";

const CHECKS = ["lint", "typecheck", "boundaries", "deps", "lock:check", "size", "pack:check", "docs:check"];

await runMain(async () => {
  prepare();
  /** @type {string[]} */
  const rows = [];
  let failures = 0;
  for (const name of CHECKS) {
    const start = Date.now();
    const code = await run("npm", ["run", "--silent", name]);
    if (code > 128) return code; // interrupted
    if (code !== 0) failures++;
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    rows.push(`${code === 0 ? "pass" : "FAIL"}  ${name.padEnd(12)} ${seconds.padStart(5)} s`);
  }
  console.log(`\n${rows.join("\n")}\ncheck: ${CHECKS.length - failures} passed, ${failures} failed`);
  return failures === 0 ? 0 : 1;
});
