import { fileURLToPath } from "node:url";
import { build, type PluginOption } from "vite";

/** Builds the site into a folder of its own; `plugins` may change it on the way. */
export async function buildSite(options: {
  readonly outDirectory: string;
  readonly plugins?: PluginOption[] | undefined;
}): Promise<void> {
  await build({
    configFile: fileURLToPath(new URL("../vite.config.ts", import.meta.url)),
    logLevel: "warn",
    build: { outDir: options.outDirectory, emptyOutDir: true },
    plugins: options.plugins ?? [],
  });
}
