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
];
