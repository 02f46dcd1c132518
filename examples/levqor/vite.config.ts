import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const server = "http://127.0.0.1:8000";

export default defineConfig({
  root: path("./site"),
  plugins: [react()],
  // The SDK's packages are taken from their sources, so that this repository's examples need no build of them.
  resolve: { conditions: ["@levqor/source", ...defaultClientConditions] },
  build: { outDir: path("./dist/site"), emptyOutDir: true, assetsInlineLimit: 0 },
  server: { proxy: { "/api": server, "/session": server, "/health": server } },
});
