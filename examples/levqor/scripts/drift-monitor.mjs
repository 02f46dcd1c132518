#!/usr/bin/env node
// Compares what visitors of the built site see with facts/locked-facts.json. Exit 1 on any difference.
//   node scripts/drift-monitor.mjs [--url <address of a running server>]
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "../../../scripts/services.mjs";
import { findViolations } from "./drift/find-violations.mjs";
import { readRenderedFacts } from "./drift/read-rendered-facts.mjs";
import { startServer } from "./drift/start-server.mjs";

const { values } = parseArgs({ options: { url: { type: "string" } } });
/** @type {import("./drift/find-violations.mjs").LockedFacts} */
const locked = JSON.parse(readFileSync(new URL("../facts/locked-facts.json", import.meta.url), "utf8"));

const server = values.url === undefined ? await startServer() : { url: values.url, stop: async () => {} };
try {
  const rendered = await readRenderedFacts({
    url: server.url,
    pages: locked.pages,
    executablePath: chromium(),
  });
  const violations = findViolations(locked, rendered);
  if (violations.length === 0) {
    console.log("DRIFT STATUS: PASS — No violations detected.");
  } else {
    console.log(
      `DRIFT STATUS: FAIL — ${violations.length} violation${violations.length === 1 ? "" : "s"} detected.`,
    );
    for (const violation of violations) console.log(`- ${violation}`);
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}
