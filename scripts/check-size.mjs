// What a browser downloads: bundles an import as an application's bundler would, and fails when it is too big or
// carries code that the import has no use for. Bundling for the browser also fails on any Node built-in.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ROOT } from "./prepare.mjs";

/** @typedef {{ name: string, code: string, maxGzipBytes: number }} Bundle */

/** @type {Bundle[]} */
const BUNDLES = [
  {
    name: "@levqor/react-hooks, a page with useAiChat only, without React",
    code: 'export { AiProvider, useAiChat } from "@levqor/react-hooks";',
    maxGzipBytes: 6144,
  },
  {
    name: "@levqor/core/client, everything",
    code: 'export * from "@levqor/core/client";',
    maxGzipBytes: 6144,
  },
];

/** Files that no browser bundle may carry, by what they are. */
const SERVER_CODE = {
  zod: /node_modules\/zod\//,
  openai: /node_modules\/openai\/|provider\/openai-/,
  "the gateway": /\/create-ai-gateway\.js$|\/run-pipeline\.js$/,
};

/** @param {Bundle} bundle */
const bundled = ({ code }) =>
  build({
    stdin: { contents: code, resolveDir: `${ROOT}/packages/react-hooks` },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    logLevel: "silent",
    external: ["react", "react/*"],
  });

/** @param {Bundle} bundle @returns {Promise<string[]>} */
async function problemsOf(bundle) {
  const { outputFiles, metafile } = await bundled(bundle);
  const size = gzipSync(outputFiles.map((file) => file.text).join(""), { level: 9 }).length;
  const carried = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const leaks = Object.entries(SERVER_CODE).filter(([, path]) => carried.some((file) => path.test(file)));
  console.log(`${bundle.name}: ${size} B gzip of ${bundle.maxGzipBytes}`);
  return [
    ...(size > bundle.maxGzipBytes ? [`${size} B is over ${bundle.maxGzipBytes} B`] : []),
    ...leaks.map(([what]) => `carries ${what}`),
  ];
}

for (const bundle of BUNDLES) {
  const problems = await problemsOf(bundle).catch((error) => [error.message]);
  for (const problem of problems) console.error(`${bundle.name}: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
