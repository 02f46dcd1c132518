import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Options } from "tsup";

// Runs with a package's folder as the working directory; its public entries are read from its `exports`.
interface Manifest {
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
/** What Node loads, if the manifest says so: what the entries share is in chunks. */
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

const output: Options = {
  target: "es2022",
  platform: "neutral",
  splitting: false,
  removeNodeProtocol: false,
  skipNodeModulesBundle: true,
  sourcemap: true,
  silent: true, // only what fails
};

const perSource: Options = {
  ...output,
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

const bundle: Options = {
  ...output,
  entry: bundledEntries,
  outDir: "dist/bundle",
  format: "esm",
  splitting: true,
  esbuildPlugins: [inlineModules],
  noExternal: [inlinedModule],
};

rmSync("dist", { recursive: true, force: true }); // two builds write there: neither may empty it

export default defineConfig(Object.keys(bundledEntries).length === 0 ? perSource : [perSource, bundle]);
