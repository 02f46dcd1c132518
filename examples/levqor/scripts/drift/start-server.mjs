import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const example = fileURLToPath(new URL("../..", import.meta.url));

/** @typedef {{ url: string, stop: () => Promise<void> }} RunningServer */

/**
 * Starts the server of the built site on a free port, as `npm start` does, without any model.
 * @returns {Promise<RunningServer>}
 */
export async function startServer() {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions", "@levqor/source", "server/main.ts"],
    {
      cwd: example,
      env: { PATH, HOME, TMPDIR, PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let output = "";
  /** @type {Promise<string>} */
  const ready = new Promise((resolve, reject) => {
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk;
      const url = /is ready: (http:\/\/\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`The server did not start:\n${output}`)));
  });
  return {
    url: await ready,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
