import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const binary = (name: string) => join(root, "node_modules", ".bin", name);
let folder: string;
let tarballs: Record<string, string>;

const run = (command: string, parameters: readonly string[], cwd: string) =>
  execFileSync(command, parameters, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** Packs the packages as `npm publish` would. The test command has built them. */
function pack(): Record<string, string> {
  const names = ["core", "anthropic", "ai-sdk", "redis", "postgres", "express-adapter", "react-hooks"];
  for (const name of names)
    run("npm", ["pack", "--silent", "--pack-destination", folder], join(root, "packages", name));
  return Object.fromEntries(
    names.map((name) => {
      const file = readdirSync(folder).find((entry) => entry.startsWith(`levqor-${name}-`));
      return [`@levqor/${name}`, `file:${join(folder, file ?? "missing")}`];
    }),
  );
}

interface App {
  readonly type: "commonjs" | "module";
  readonly dependencies: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

/** Makes a bare application that knows the packages only as tarballs, and installs it. */
function install(name: string, app: App): string {
  const cwd = join(folder, name);
  const files = {
    ...app.files,
    "package.json": JSON.stringify({ name, private: true, type: app.type, dependencies: app.dependencies }),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"], cwd);
  return cwd;
}

const tsconfig = (options: object) =>
  JSON.stringify({
    compilerOptions: { strict: true, skipLibCheck: false, target: "es2022", noEmit: true, ...options },
    include: ["*.ts", "*.tsx", "*.cts"],
  });

const ask = `
  const { port } = server.address() as AddressInfo;
  const response = await fetch(\`http://127.0.0.1:\${port}/api/ai/onboarding\`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ stage: "first_login", context: { has_connected_tool: false, has_run_workflow: false } }),
  });
  const reply = (await response.json()) as { success: boolean };
  console.log(response.status, reply.success);
  server.close();
`;
const quiet = `{ auditSink: { write() {} }, logger: { info() {}, warn() {}, error() {} } }`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "levqor-packed-"));
  tarballs = pack();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const serverPackages = () => ({
  "@levqor/core": tarballs["@levqor/core"] ?? "",
  "@levqor/express-adapter": tarballs["@levqor/express-adapter"] ?? "",
});

describe("packed packages", () => {
  it.each([
    [
      "commonjs",
      'import anthropic = require("@levqor/anthropic");\nconst { anthropicProvider } = anthropic;',
    ],
    ["module", 'import { anthropicProvider } from "@levqor/anthropic";'],
  ] as const)("bring Anthropic's provider into a %s application, with types", (type, load) => {
    const cwd = install(`anthropic-${type}`, {
      type,
      dependencies: {
        "@levqor/core": tarballs["@levqor/core"] ?? "",
        "@levqor/anthropic": tarballs["@levqor/anthropic"] ?? "",
        "@anthropic-ai/sdk": "1.11.0",
        "@types/node": "20.19.43",
      },
      files: {
        "tsconfig.json": tsconfig({ module: "nodenext", noEmit: false, outDir: "out", types: ["node"] }),
        "app.ts": `
${load}
const provider = anthropicProvider({ apiKey: "sk-ant-example-0123456789" });
console.log(provider.name, provider.embed === undefined);
`,
      },
    });
    run(binary("tsc"), ["-p", "."], cwd);
    expect(run(process.execPath, ["out/app.js"], cwd)).toBe("anthropic true\n");
  });

  it.each([
    [
      "commonjs",
      'import redis = require("@levqor/redis");\nimport postgres = require("@levqor/postgres");',
      "const { redisBudget } = redis;\nconst { migrate } = postgres;",
    ],
    [
      "module",
      'import { redisBudget } from "@levqor/redis";\nimport { migrate } from "@levqor/postgres";',
      "",
    ],
  ] as const)("share stores in a %s application, with types and the SQL files", (type, load, names) => {
    const cwd = install(`stores-${type}`, {
      type,
      dependencies: {
        "@levqor/core": tarballs["@levqor/core"] ?? "",
        "@levqor/redis": tarballs["@levqor/redis"] ?? "",
        "@levqor/postgres": tarballs["@levqor/postgres"] ?? "",
        ioredis: "6.0.0",
        pg: "8.23.1",
        "@types/pg": "8.23.1",
        "@types/node": "20.19.43",
      },
      files: {
        "tsconfig.json": tsconfig({ module: "nodenext", noEmit: false, outDir: "out", types: ["node"] }),
        "app.ts": `
${load}
import { Redis } from "ioredis";
import { Pool } from "pg";
${names}
const client = new Redis({ lazyConnect: true });
const budget = redisBudget({ client, gateway: { dailyUsd: 5 } });
const sql: string[] = [];
const recording = {
  connect: async () => ({
    query: async (text: string) => {
      sql.push(text);
      return { rows: [] };
    },
    release() {},
    on() {},
  }),
};
const migrateNow: (pool: Pool) => Promise<readonly string[]> = migrate;
void migrate(recording).then((applied) => {
  console.log(budget.pending, applied.length > 3, sql.join().includes("ai_audit"), typeof migrateNow);
  client.disconnect();
});
`,
      },
    });
    run(binary("tsc"), ["-p", "."], cwd);
    expect(run(process.execPath, ["out/app.js"], cwd)).toBe("0 true true function\n");
  });

  it.each([
    ["commonjs", 'import aiSdk = require("@levqor/ai-sdk");', "aiSdk.withModels", "aiSdk.aiSdkProvider"],
    ["module", 'import { aiSdkProvider, withModels } from "@levqor/ai-sdk";', "withModels", "aiSdkProvider"],
  ] as const)("join a gateway and the AI SDK in a %s application, with types", (type, load, add, provide) => {
    const cwd = install(`ai-sdk-${type}`, {
      type,
      dependencies: {
        "@levqor/core": tarballs["@levqor/core"] ?? "",
        "@levqor/ai-sdk": tarballs["@levqor/ai-sdk"] ?? "",
        ai: "6.0.326",
        zod: "4.6.7",
        "@types/json-schema": "7.0.15", // the AI SDK's types need them
        "@types/node": "20.19.43",
      },
      files: {
        "tsconfig.json": tsconfig({ module: "nodenext", noEmit: false, outDir: "out", types: ["node"] }),
        "app.ts": `
${load}
import { createAiGateway } from "@levqor/core";
import { generateText, type LanguageModel } from "ai";
const gateway = ${add}(createAiGateway(${quiet}));
const model: LanguageModel = gateway.model("chat", { caller: {} });
generateText({ model, prompt: "Hello" }).then(({ text }) => console.log(${provide}(gateway.model("chat", { caller: {} })).name, text !== ""));
`,
      },
    });
    run(binary("tsc"), ["-p", "."], cwd);
    expect(run(process.execPath, ["out/app.js"], cwd)).toBe("levqor true\n");
  });

  it("work in a CommonJS application on Express 4, with types", () => {
    const cwd = install("cjs-express4", {
      type: "commonjs",
      dependencies: {
        ...serverPackages(),
        express: "4.22.3",
        "@types/express": "4.17.25",
        "@types/node": "20.19.43",
      },
      files: {
        "tsconfig.json": tsconfig({ module: "nodenext", noEmit: false, outDir: "out", types: ["node"] }),
        "app.ts": `
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import core = require("@levqor/core");
import adapter = require("@levqor/express-adapter");
import express = require("express");

const app = express();
app.use(express.json());
app.use("/api/ai", adapter.createAiRouter(core.createAiGateway(${quiet}), { identify: () => ({ userId: "u" }) }));
const server = createServer(app).listen(0, "127.0.0.1", async () => {${ask}});
`,
      },
    });
    run(binary("tsc"), ["-p", "."], cwd);
    expect(run(process.execPath, ["out/app.js"], cwd)).toBe("200 true\n");
  });

  it("work in an ES module application on Express 5, with types", () => {
    const cwd = install("esm-express5", {
      type: "module",
      dependencies: {
        ...serverPackages(),
        express: "5.3.0",
        "@types/express": "5.0.6",
        "@types/node": "20.19.43",
      },
      files: {
        "tsconfig.json": tsconfig({ module: "nodenext", noEmit: false, outDir: "out", types: ["node"] }),
        "app.ts": `
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAiGateway, isGatewayError } from "@levqor/core";
import { fakeProvider } from "@levqor/core/testing";
import { createAiRouter } from "@levqor/express-adapter";
import express from "express";

const app = express();
const gateway = createAiGateway({ ...${quiet}, provider: fakeProvider([{ text: '{"checklist":["a"],"tips":["b"]}' }]) });
await gateway.chat({ message: " " }).catch((error: unknown) => console.log(isGatewayError(error, "invalid_input")));
app.use("/api/ai", createAiRouter(gateway, { identify: () => ({ userId: "u" }) }));
const server = createServer(app).listen(0, "127.0.0.1", async () => {${ask}});
`,
      },
    });
    run(binary("tsc"), ["-p", "."], cwd);
    expect(run(process.execPath, ["out/app.js"], cwd)).toBe("true\n200 true\n");
  });

  it("work in a Vite and React application, with types, and bring no server code into the browser", () => {
    const cwd = install("vite-react", {
      type: "module",
      dependencies: {
        "@levqor/core": tarballs["@levqor/core"] ?? "",
        "@levqor/react-hooks": tarballs["@levqor/react-hooks"] ?? "",
        react: "19.3.1",
        "react-dom": "19.3.1",
        "@types/react": "19.3.0",
        "@types/react-dom": "19.3.0",
      },
      files: {
        "tsconfig.json": tsconfig({
          module: "esnext",
          moduleResolution: "bundler",
          jsx: "react-jsx",
          lib: ["es2022", "dom", "dom.iterable"],
          types: [],
        }),
        "index.html": '<!doctype html><div id="root"></div><script type="module" src="/main.tsx"></script>',
        "main.tsx": `
import { AiProvider, useAiChat } from "@levqor/react-hooks";
import { createRoot } from "react-dom/client";

function Help() {
  const { messages, send } = useAiChat({ context: { page: "pricing" } });
  return <button onClick={() => void send("What does it cost?")}>{messages.length}</button>;
}
createRoot(document.body).render(<AiProvider><Help /></AiProvider>);
`,
      },
    });
    run(binary("tsc"), ["-p", "."], cwd);
    run(binary("vite"), ["build", "--logLevel", "error"], cwd);
    const assets = join(cwd, "dist", "assets");
    const bundle = readdirSync(assets)
      .map((file) => run("cat", [join(assets, file)], cwd))
      .join("");
    expect(bundle).toContain("/api/ai");
    expect(bundle).not.toMatch(/ZodError|createAiGateway|chat\/completions/);
  });
});
