import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { invalidConfig } from "../errors/invalid-config.js";
import type { PolicySource } from "../policy/policy-source.js";

/**
 * A policy in a JSON file, which operators or a mounted volume replace. Changes are noticed at once where the file
 * system tells of them, and at the gateway's next reading elsewhere. A file that is not there is no policy yet.
 *
 * @example
 * createAiGateway({ provider, policy: { source: filePolicySource("/etc/my-app/ai-policy.json") } });
 */
export function filePolicySource(path: string): PolicySource {
  let known: { readonly text: string; readonly document: unknown } | undefined;
  return {
    async read() {
      const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      });
      if (text === undefined) return undefined;
      if (text === known?.text) return known.document;
      try {
        const document: unknown = JSON.parse(text.replace(/^\uFEFF/, "")); // some editors begin a file with it
        known = { text, document };
        return document;
      } catch {
        throw invalidConfig("The policy stays as it was", ["policy: the file is not JSON"]);
      }
    },
    watch(onChange, signal) {
      // The folder: a file that is replaced is another file.
      const watcher = watch(dirname(path), { persistent: false, signal }, (_, name) => {
        if (name === null || name === basename(path) || name === "..data") void onChange();
      });
      watcher.on("error", () => watcher.close()); // the gateway reads at intervals all the same
    },
  };
}
