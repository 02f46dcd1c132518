// What a browser downloads: bundles an import as an application's bundler would, and fails when it is too big or
// carries code that the import has no use for. Bundling for the browser also fails on any Node built-in.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ROOT } from "./prepare.mjs";

/**
 * @typedef {{ name: string, code: string, maxGzipBytes: number, without: Record<string, RegExp> }} Bundle
 */

const SERVER_CODE = {
  zod: /ZodError|\$ZodType|_zod\b/,
  openai: /openai/i,
  "the gateway": /createAiGateway/,
};

/** @type {Bundle[]} */
const BUNDLES = [
  {
    name: "@levqor/react-hooks, useAiChat only, without React",
    code: 'export { useAiChat } from "@levqor/react-hooks";',
    maxGzipBytes: 6144,
    without: SERVER_CODE,
  },
  {
    name: "@levqor/core/client, everything",
    code: 'export * from "@levqor/core/client";',
    maxGzipBytes: 6144,
    without: SERVER_CODE,
  },
];

/** @param {Bundle} bundle @returns {Promise<string[]>} */
async function problemsOf(bundle) {
  const { outputFiles } = await build({
    stdin: { contents: bundle.code, resolveDir: `${ROOT}/packages/react-hooks` },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
    external: ["react", "react/*"],
  });
  const text = outputFiles.map((file) => file.text).join("");
  const size = gzipSync(text, { level: 9 }).length;
  console.log(`${bundle.name}: ${size} B gzip of ${bundle.maxGzipBytes}`);
  const leaks = Object.entries(bundle.without).filter(([, marker]) => marker.test(text));
  return [
    ...(size > bundle.maxGzipBytes ? [`${bundle.name}: ${size} B is over ${bundle.maxGzipBytes} B`] : []),
    ...leaks.map(([what]) => `${bundle.name}: carries ${what}`),
  ];
}

const problems = (await Promise.all(BUNDLES.map(problemsOf))).flat();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
