// `npm start`: the Levqor example with its embedded defaults, no key and no service. PORT is 8000 by default.
import { prepare } from "./prepare.mjs";
import { run, runMain } from "./run.mjs";

await runMain(async () => {
  prepare();
  const env = { ...process.env, PORT: process.env["PORT"] || "8000" };
  return await run(process.execPath, ["--import", "tsx", "examples/levqor/server/main.ts"], env);
});
