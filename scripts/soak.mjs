// Load with clients that leave at any moment, against a real Express server: what is left behind?
//   npm run soak
//   npm run soak -- --seconds=300 --rps=300
import { parseArgs } from "node:util";
import { soakEdge } from "../tests/support/edge/soak-edge.js";
import { runMain } from "./run.mjs";

/** Growth of the heap that counts as none, kilobytes a second: a leak of 350 bytes a request at 300 a second. */
const steadyKbPerSecond = 100;

await runMain(async () => {
  const options = /** @type {const} */ ({ seconds: { type: "string" }, rps: { type: "string" } });
  const { values } = parseArgs({ options });
  const figures = await soakEdge({ seconds: Number(values.seconds ?? 60), rps: Number(values.rps ?? 300) });
  console.log(figures);
  const isClean =
    figures.heapKbPerSecond < steadyKbPerSecond &&
    figures.audited >= figures.asked &&
    [figures.reservedMicroUsd, figures.openUpstream, figures.openConnections].every((left) => left === 0);
  console.log(isClean ? "Nothing is left behind." : "Something is left behind.");
  return isClean ? 0 : 1;
});
