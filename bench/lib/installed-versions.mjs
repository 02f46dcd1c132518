import { existsSync, readFileSync } from "node:fs";

const folders = [new URL("../", import.meta.url), new URL("../../", import.meta.url)];
const named = [
  ...[
    "openai",
    "undici",
    "ai",
    "@ai-sdk/openai",
    "@langchain/openai",
    "@portkey-ai/gateway",
    "express",
    "zod",
  ],
  ...["cockatiel", "lru-cache", "rate-limiter-flexible", "gpt-tokenizer", "@redactpii/node"],
  ...["redact-pii", "openredaction"],
];

/** One line with the versions of the packages that are measured, as they are installed. */
export function versionsOf() {
  const versionOf = (name) => {
    const [manifest] = folders
      .map((folder) => new URL(`node_modules/${name}/package.json`, folder))
      .filter(existsSync);
    return manifest === undefined ? "not installed" : JSON.parse(readFileSync(manifest, "utf8")).version;
  };
  return named.map((name) => `${name} ${versionOf(name)}`).join(", ");
}
