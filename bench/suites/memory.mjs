import { ask, start, stop } from "../lib/child-process.mjs";
import { figure, markdownTable } from "../lib/markdown-table.mjs";
import { withUpstream } from "../lib/with-upstream.mjs";

export const title = "Memory";
export const contenders = { "openai SDK": "openai-sdk", "AI SDK": "ai-sdk", levqor: "levqor" };

/** What many calls leave behind, and what open streams take; once each, as it hardly varies. */
export async function run({ names, quick, log }) {
  const calls = quick ? 10_000 : 100_000;
  const streams = quick ? 200 : 1_000;
  const rows = await withUpstream(async (port) => {
    const measured = [];
    for (const name of names) {
      log(name);
      const left = await measure(name, `http://127.0.0.1:${port}/v1`, { calls });
      const open = await measure(name, `http://127.0.0.1:${port}/gap-1000/v1`, { streams });
      measured.push([name, figure(left.bytesACall), figure(left.megabytes), figure(open.bytes / 1024)]);
    }
    return measured;
  });
  const columns = ["", "growth, bytes a call", "kept at the end, MB", "KB an open stream"];
  return [
    `${calls.toLocaleString("en-US")} calls, 64 at a time; ${streams.toLocaleString("en-US")} streams at once.`,
    markdownTable(columns, rows),
  ];
}

async function measure(name, baseURL, what) {
  const contender = new URL(`../calls/${contenders[name]}.mjs`, import.meta.url).href;
  const args = [JSON.stringify({ contender, settings: { baseURL } })];
  const host = new URL("../lib/memory-host.mjs", import.meta.url);
  const { child } = await start(host, { args, execArgv: ["--expose-gc"] });
  try {
    return await ask(child, what);
  } finally {
    await stop(child);
  }
}
