import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Options } from "tsup";

// Runs with a package's folder as the working directory; its public entries are read from its `exports`.
interface Manifest {
  exports: Record<string, string | { import?: { default?: string } }>;
}
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const publicEntries: Record<string, string> = {};
for (const target of Object.values(manifest.exports)) {
  const file = typeof target === "string" ? undefined : target.import?.default;
  const name = file === undefined ? undefined : /^\.\/dist\/(.+)\.js$/.exec(file)?.[1];
  if (name !== undefined) publicEntries[name] = `src/${name}.ts`;
}

/** ESM-only packages with a default export: `require` of them breaks in CommonJS, so that output carries a copy. */
const inlinedInCjs = ["p-limit", "p-retry", "yocto-queue", "is-network-error"];

/**
 * Sixty small CommonJS files: loading them one by one costs more than all the rest of the core. Both outputs carry a
 * copy, made from its ES modules, which Node can't load as they are.
 */
const inlinedModule = /^stdnum\/lib\/cjs\//;

/** Code splitting produces wrong CommonJS; one output file per source file needs no chunks and copies nothing. */
const onePerSource: NonNullable<Options["esbuildPlugins"]>[number] = {
  name: "one-output-per-source",
  setup(build) {
    const cjs = build.initialOptions.format === "cjs";
    build.onResolve({ filter: /.*/ }, (args) => {
      if (args.kind === "entry-point" || args.importer.includes("node_modules")) return undefined;
      if (inlinedModule.test(args.path)) {
        return { path: fileURLToPath(import.meta.resolve(args.path.replace("/cjs/", "/esm/"))) };
      }
      if (inlinedInCjs.includes(args.path)) return cjs ? undefined : { path: args.path, external: true };
      if (!/^\.{1,2}\//.test(args.path)) return undefined;
      return { path: cjs ? args.path.replace(/\.js$/, ".cjs") : args.path, external: true };
    });
  },
};

export default defineConfig({
  entry: ["src/**/*.{ts,tsx}", "!src/**/*.{test,test-d,test-support}.{ts,tsx}"],
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  // Declarations read the core's built ones, not its sources: the core is built first.
  dts: {
    entry: publicEntries,
    compilerOptions: { ignoreDeprecations: "6.0", composite: false, customConditions: [] },
  },
  esbuildPlugins: [onePerSource],
  splitting: false,
  removeNodeProtocol: false,
  skipNodeModulesBundle: true,
  noExternal: [...inlinedInCjs, inlinedModule],
  sourcemap: true,
  clean: true,
  silent: true, // only what fails
});
