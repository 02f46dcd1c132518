import { readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Options } from "tsup";

// Runs with a package's folder as the working directory; its public entries are read from its `exports`.
interface Manifest {
  dependencies?: Record<string, string>;
  exports: Record<string, string | { import?: { node?: string; default?: string } }>;
}
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const targets = Object.values(manifest.exports).flatMap((target) =>
  typeof target === "object" && target.import !== undefined ? [target.import] : [],
);
/** The entries whose built files are these, in a folder. */
const entriesOf = (files: readonly (string | undefined)[], folder: string): Record<string, string> =>
  Object.fromEntries(
    files.flatMap((file) => {
      if (file?.startsWith(`./${folder}/`) !== true) return [];
      const name = file.slice(folder.length + 3).replace(/\.js$/, "");
      return [[name, `src/${name}.ts`]];
    }),
  );
const publicEntries = entriesOf(
  targets.map((target) => target.default),
  "dist",
);
/** What Node loads, if the manifest says so. */
const bundledEntries = entriesOf(
  targets.map((target) => target.node),
  "dist/bundle",
);

/** ESM-only packages with a default export: `require` of them breaks in CommonJS, so that output carries a copy. */
const inlinedInCjs = ["p-limit", "p-retry", "yocto-queue", "is-network-error"];

/**
 * Sixty small CommonJS files: loading them one by one costs more than all the rest of the core. Both outputs carry a
 * copy, made from its ES modules, which Node can't load as they are.
 */
const inlinedModule = /^stdnum\/lib\/cjs\//;

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

const inlineModules: Plugin = {
  name: "inline-modules",
  setup(build) {
    build.onResolve({ filter: inlinedModule }, (args) => {
      if (args.importer.includes("node_modules")) return undefined;
      return { path: fileURLToPath(import.meta.resolve(args.path.replace("/cjs/", "/esm/"))) };
    });
  },
};

/** Code splitting produces wrong CommonJS; one output file per source file needs no chunks and copies nothing. */
const onePerSource: Plugin = {
  name: "one-output-per-source",
  setup(build) {
    const cjs = build.initialOptions.format === "cjs";
    // What is loaded on first use is required then: Jest runs CommonJS where `import()` is not allowed.
    if (cjs) build.initialOptions.supported = { "dynamic-import": false };
    build.onResolve({ filter: /.*/ }, (args) => {
      if (args.kind === "entry-point" || args.importer.includes("node_modules")) return undefined;
      if (inlinedInCjs.includes(args.path)) return cjs ? undefined : { path: args.path, external: true };
      if (!/^\.{1,2}\//.test(args.path)) return undefined;
      return { path: cjs ? args.path.replace(/\.js$/, ".cjs") : args.path, external: true };
    });
  },
};

/**
 * Loading thirty small files costs Node more than reading all that is in them. Every entry but the client's, and all that
 * is loaded on first use, imports the core; so what they share with it is one chunk.
 */
const oneChunk: Plugin = {
  name: "one-chunk",
  setup(build) {
    const core = resolve("src/index.ts");
    const starts = new Set<string>();
    build.initialOptions.logOverride = { "ignored-bare-import": "silent" }; // it only decides what is in which chunk
    build.onResolve({ filter: /^[./]|^src\// }, ({ kind, path, resolveDir }) => {
      const source = resolve(resolveDir, path.replace(/\.js$/, ".ts"));
      const isStart = kind === "entry-point" || kind === "dynamic-import";
      if (isStart && source !== core && !source.includes("/client/")) starts.add(source);
      return undefined;
    });
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!starts.has(path)) return undefined;
      return { contents: `${await readFile(path, "utf8")}\nimport ${JSON.stringify(core)};`, loader: "ts" };
    });
  },
};

const output: Options = {
  target: "es2022",
  platform: "neutral",
  splitting: false,
  removeNodeProtocol: false,
  sourcemap: true,
  silent: true, // only what fails
};

const perSource: Options = {
  ...output,
  skipNodeModulesBundle: true,
  entry: ["src/**/*.{ts,tsx}", "!src/**/*.{test,test-d,test-support}.{ts,tsx}"],
  format: ["esm", "cjs"],
  // Declarations read the core's built ones, not its sources: the core is built first.
  dts: {
    entry: publicEntries,
    compilerOptions: { ignoreDeprecations: "6.0", composite: false, customConditions: [] },
  },
  esbuildPlugins: [inlineModules, onePerSource],
  noExternal: [...inlinedInCjs, inlinedModule],
};

/** Carries a copy of what the package depends on, without what of it is not used; peers stay outside. */
const bundle: Options = {
  ...output,
  entry: bundledEntries,
  outDir: "dist/bundle",
  format: "esm",
  splitting: true,
  esbuildPlugins: [inlineModules, oneChunk],
  esbuildOptions(options) {
    options.conditions = ["module"];
    options.mainFields = ["module", "main"];
  },
  external: [/^node:/],
  noExternal: [inlinedModule, ...Object.keys(manifest.dependencies ?? {})],
};

rmSync("dist", { recursive: true, force: true }); // two builds write there: neither may empty it

export default defineConfig(Object.keys(bundledEntries).length === 0 ? perSource : [perSource, bundle]);
