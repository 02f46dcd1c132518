/** Whether the process of this machine that wrote a file may still be running. */
export function isWriterAlive({
  pid,
  wroteAtMs,
}: {
  readonly pid: number;
  readonly wroteAtMs: number;
}): boolean {
  // A process that got the number of a dead one: in a container that is the rule.
  if (pid === process.pid) return wroteAtMs >= Date.now() - process.uptime() * 1000;
  try {
    process.kill(pid, 0); // asks only
    return true;
  } catch (error) {
    return Object(error).code !== "ESRCH";
  }
}
