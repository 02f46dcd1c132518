// Runs the examples named on the command line, one after the other in this process, and reports each to the parent.
import { pathToFileURL } from "node:url";

/** What became of one example. */
export interface ExampleRun {
  readonly file: string;
  readonly printed: string;
  /** The stack of what it threw. */
  readonly error: string | undefined;
}

const write = process.stdout.write;

for (const file of process.argv.slice(2)) {
  let printed = "";
  process.stdout.write = (chunk: string | Uint8Array) => {
    printed += typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
    return true;
  };
  let error: string | undefined;
  try {
    await import(pathToFileURL(file).href);
  } catch (thrown) {
    error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
  process.stdout.write = write;
  const run: ExampleRun = { file, printed, error };
  process.send?.(run);
}
// The process has to end by itself now: an example that leaves a server or a timer behind keeps it alive.
process.disconnect?.();
