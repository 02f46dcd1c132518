import { fork } from "node:child_process";
import { once } from "node:events";

/**
 * Starts a module of the bench in a process of its own; resolves to the process and its first message. It ends when this
 * process does, or disconnects.
 */
export async function start(module, { args = [], execArgv = [], env = {} } = {}) {
  const child = fork(module, args, {
    execArgv: ["--no-warnings", ...execArgv],
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return { child, first: await answerOf(child) };
}

/** Sends a message and resolves to the answer. */
export function ask(child, message) {
  child.send(message);
  return answerOf(child);
}

/** The next message. @throws when the process ends instead, or says `{ failed }`. */
async function answerOf(child) {
  const gone = new AbortController();
  const onExit = (code) => gone.abort(new Error(`ended with code ${code}`));
  child.once("exit", onExit);
  try {
    const [answer] = await once(child, "message", { signal: gone.signal });
    if (answer?.failed !== undefined) throw new Error(answer.failed);
    return answer;
  } catch (error) {
    throw error.name === "AbortError" ? error.cause : error;
  } finally {
    child.off("exit", onExit);
  }
}

/** Ends a process that was started here. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  const late = setTimeout(() => child.kill("SIGKILL"), 2_000);
  child.disconnect();
  await exited;
  clearTimeout(late);
}
