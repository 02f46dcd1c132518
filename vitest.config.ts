import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Workspace packages resolve to their sources: tests need no build (tests/packed and the examples' e2e do).
const conditions = ["@levqor/source", "node", "development|production"];
const source = { resolve: { conditions }, ssr: { resolve: { conditions } } };

// The hooks' tests run twice: on the newest React and on the oldest supported one.
const react18 = (name: string): string =>
  fileURLToPath(new URL(`tests/react-18/node_modules/${name}`, import.meta.url));
const hooks = { root: "packages/react-hooks", include: ["src/**/*.test.{ts,tsx}"], environment: "jsdom" };

export default defineConfig({
  test: {
    passWithNoTests: true,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.{ts,tsx}"],
      exclude: ["**/*.test.{ts,tsx}", "**/*.test-d.ts"],
      reporter: ["text-summary", "html"],
    },
    projects: [
      {
        ...source,
        test: {
          name: "core",
          root: "packages/core",
          include: ["src/**/*.test.ts"],
          typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "./tsconfig.types.json" },
        },
      },
      {
        ...source,
        test: { name: "anthropic", root: "packages/anthropic", include: ["src/**/*.test.ts"] },
      },
      {
        ...source,
        test: { name: "ai-sdk", root: "packages/ai-sdk", include: ["src/**/*.test.ts"] },
      },
      {
        ...source,
        test: {
          name: "stores",
          root: "packages",
          include: ["{redis,postgres}/src/**/*.test.ts"],
          globalSetup: [fileURLToPath(new URL("tests/stores-setup.ts", import.meta.url))],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...source,
        test: { name: "express-adapter", root: "packages/express-adapter", include: ["src/**/*.test.ts"] },
      },
      {
        ...source,
        test: {
          ...hooks,
          name: "react-hooks",
          typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "./tsconfig.types.json" },
        },
      },
      {
        ...source,
        resolve: {
          conditions,
          mainFields: ["module"],
          alias: { react: react18("react"), "react-dom": react18("react-dom") },
        },
        test: {
          ...hooks,
          name: "react-hooks-18",
          // React 18 has no <Activity>.
          exclude: ["src/activity.test.tsx"],
          server: { deps: { inline: [/@testing-library/] } },
        },
      },
      {
        ...source,
        test: {
          name: "integration",
          root: ".",
          include: ["tests/{integration,e2e,docs,packed}/**/*.test.ts", "examples/*/**/*.test.ts"],
          globalSetup: ["tests/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
