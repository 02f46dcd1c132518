// Seconds from a fresh clone to the first answer: `node bench/cold-start.mjs`. Clones this repository's HEAD into a
// temporary folder and runs `npm start` there.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "levqor-cold-"));
const port = String(20_000 + Math.floor(Math.random() * 20_000));
execFileSync("git", ["clone", "--quiet", new URL("..", import.meta.url).pathname, folder]);
for (const name of ["cold", "again"]) console.log(`${name}: ${(await secondsToFirstAnswer()).toFixed(1)} s`);
rmSync(folder, { recursive: true });

async function secondsToFirstAnswer() {
  const begun = performance.now();
  const server = spawn("npm", ["start"], {
    cwd: folder,
    env: { ...process.env, PORT: port },
    stdio: "ignore",
    detached: true,
  });
  const address = `http://127.0.0.1:${port}/api/ai/chat`;
  const request = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"message":"Hello"}',
  };
  for (let tries = 0; tries < 3000; tries++) {
    const status = await fetch(address, request).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) break;
    if (server.exitCode !== null) throw new Error(`npm start ended with code ${server.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = (performance.now() - begun) / 1000;
  process.kill(-server.pid, "SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  return seconds;
}
