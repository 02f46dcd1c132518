import type { DebugRule } from "../debug-rule.js";

/** What the program that runs the step says about itself: memory and missing code. */
export const runtimeRules: readonly DebugRule[] = [
  {
    id: "out-of-memory",
    phrases: [
      "heap out of memory", "out of memory", "java heap space", "oomkilled", "oom killed", "memoryerror", "enomem",
      "cannot allocate memory", "err worker out of memory", "memory limit exceeded", "allocation failed",
    ], // biome-ignore format: a list
    reach: "alone",
    finding: "the process needed more memory than it may have",
    causes: [
      "A whole file or list is held in memory at once",
      "Something grows with every run and is never released (a leak)",
      "The memory limit of the process or container is too low for this amount of data",
    ],
    fixes: [
      "Read and send the data in pages or as a stream instead of all at once",
      "Run the step with a small input: if it passes, the amount of data is the cause",
      "Raise the limit of the container; in Node.js also --max-old-space-size",
    ],
    prevention: ["Limit the size of inputs, and alert when memory keeps growing between runs"],
  },
  {
    id: "missing-module",
    phrases: [
      "cannot find module", "module not found", "err module not found", "modulenotfounderror", "no module named",
      "cannot find package", "could not resolve module", "classnotfoundexception",
    ], // biome-ignore format: a list
    reach: "alone",
    finding: "code that the program loads is not installed where it runs",
    causes: [
      "The package is missing from the dependencies, or they were not installed after the last change",
      "The path or name in the import is wrong; upper and lower case count on Linux",
      "The build did not include the file",
    ],
    fixes: [
      "Install the dependencies from the lock file where the program runs",
      "Compare name and path in the import with the file, letter by letter",
      "Build again and look whether the file is in the output",
    ],
    prevention: ["Install and start the built program in CI, on the same system as in production"],
  },
  {
    id: "missing-env",
    phrases: [
      "missing environment variable",
      "environment variable is not set",
      "environment variable not set",
      "is not set in the environment",
    ],
    finding: "a setting of the environment is missing",
    causes: ["The variable that the message names is not set where the program runs"],
    fixes: ["Set the variable in the service's settings and start it again"],
    prevention: ["Check all settings at start, with one list of what is missing"],
  },
  {
    id: "stack-overflow",
    phrases: [
      "maximum call stack size exceeded",
      "stack overflow",
      "recursionerror",
      "maximum recursion depth exceeded",
    ],
    reach: "alone",
    finding: "functions call each other without an end",
    causes: ["A recursion has no end, or data refers to itself"],
    fixes: ["Read which functions repeat in the stack, and stop at a depth"],
    prevention: ["Use a loop for deep data"],
  },
  {
    id: "encoding",
    phrases: [
      "unicodedecodeerror",
      "invalid byte sequence",
      "invalid utf 8",
      "malformed utf 8",
      "codec can t decode",
    ],
    finding: "the text is not in the expected encoding",
    causes: ["The file or body is not UTF-8: often Windows-1252 or UTF-16 from a spreadsheet"],
    fixes: ["Save or convert the text as UTF-8", "Name the charset in Content-Type"],
    prevention: ["Export as “CSV UTF-8”"],
  },
  {
    id: "cron",
    phrases: ["invalid cron", "cron expression"],
    finding: "the schedule can't be read",
    causes: ["The cron expression has too few or too many fields, or a value out of range"],
    fixes: ["Write five fields: minute, hour, day, month, weekday; “0 9 * * 1” is Monday at 9"],
    prevention: ["Show the next three runs when a schedule is saved"],
  },
];
