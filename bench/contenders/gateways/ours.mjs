import { fileURLToPath } from "node:url";

export const meta = { label: "levqor through Express, every step on" };

export const start = ({ port, upstream }) => ({
  cmd: process.execPath,
  args: [fileURLToPath(new URL("./_ours-server.mjs", import.meta.url)), String(port), upstream],
  env: { NODE_ENV: "production" },
});

/** The body is the harness's own; what is streamed is said by a header. */
export const request = ({ variant }) => ({
  path: `${variant}/v1/chat/completions`,
  headers: { accept: variant.includes("-n") ? "text/event-stream" : "application/json" },
});
