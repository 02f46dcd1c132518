import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A server in a process of its own: for what a process prints, uses and does at its end. */
export interface EdgeProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Everything it has printed, on both outputs. */
  printed(): string;
  /** Memory it holds after a collection, bytes. */
  rss(): Promise<number>;
}

/** Starts `edge-main.ts` with exactly this environment; it is ended when the test is over. */
export async function startEdgeProcess(
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<EdgeProcess> {
  const child = fork(fileURLToPath(new URL("edge-main.ts", import.meta.url)), {
    execArgv: ["--import", "tsx", "--conditions=@levqor/source", "--expose-gc", ...args],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    silent: true,
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  for (const output of [child.stdout, child.stderr])
    output?.on("data", (chunk: Buffer) => {
      printed += String(chunk);
    });
  const answer = async (question?: string) => {
    if (question !== undefined) child.send(question);
    const [value] = await Promise.race([once(child, "message"), ended(child)]);
    return Number(value);
  };
  const port = await answer();
  if (Number.isNaN(port)) throw new Error(`The server did not start: ${printed}`);
  return {
    child,
    port,
    printed: () => printed,
    async rss() {
      await delay(100); // lets what was sent before settle
      return answer("rss");
    },
  };
}

async function ended(child: ChildProcess): Promise<unknown[]> {
  await once(child, "exit");
  return [Number.NaN];
}
