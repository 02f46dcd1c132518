#!/usr/bin/env node
import { auditCommand } from "./audit/audit-command.js";

// No top-level await: this file is built as CommonJS, too.
void auditCommand({
  args: process.argv.slice(2),
  env: process.env,
  print: (text) => process.stdout.write(`${text}\n`),
  printError: (text) => process.stderr.write(`${text}\n`),
}).then((code) => {
  process.exitCode = code;
});
