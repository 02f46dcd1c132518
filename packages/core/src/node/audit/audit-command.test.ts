import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { ndjsonAuditSink } from "../ndjson-audit-sink.js";
import { auditCommand } from "./audit-command.js";
import {
  auditKey,
  auditRecord,
  linesOf,
  publicKey,
  signingKey,
  testFolder,
} from "./audit-records.test-support.js";
import { hmacAuditChain } from "./hmac-audit-chain.js";

async function writtenFile(): Promise<string> {
  const path = join(await testFolder(), "audit.ndjson");
  const sink = ndjsonAuditSink({ path, chain: hmacAuditChain({ key: auditKey, signingKey }) });
  for (let index = 0; index < 3; index++) await sink.write(auditRecord(`request-${index}`));
  await sink.close?.();
  return path;
}

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const output: string[] = [];
  const errors: string[] = [];
  const code = await auditCommand({
    args,
    env,
    print: (text) => void output.push(text),
    printError: (text) => void errors.push(text),
  });
  return { code, output: output.join("\n"), errors: errors.join("\n") };
}

describe("levqor-audit verify", () => {
  it("says that a file is as it was written: 0", async () => {
    const path = await writtenFile();
    const keyFile = join(path, "..", "key");
    const publicKeyFile = join(path, "..", "public.pem");
    await writeFile(keyFile, `${auditKey}\n`);
    await writeFile(publicKeyFile, publicKey);
    const { code, output } = await run([
      "verify",
      path,
      "--key-file",
      keyFile,
      "--public-key",
      publicKeyFile,
    ]);
    expect(output).toContain(`${path}: verified\n  4 entries, among them 3 records and 1 checkpoint`);
    expect(output).toContain("signed up to entry 4");
    expect(code).toBe(0);
  });

  it("names what is wrong: 1", async () => {
    const path = await writtenFile();
    await writeFile(path, `${(await linesOf(path)).toSpliced(1, 1).join("\n")}\n`);
    const env = { AI_AUDIT_KEY: auditKey };
    const { code, output } = await run(["verify", path], env);
    expect(output).toContain(`${path}: NOT verified\n  gap at ${path}:2: entry 2 is missing`);
    expect(code).toBe(1);
    const asJson = await run(["verify", path, "--json"], env);
    expect(JSON.parse(asJson.output)).toMatchObject({
      ok: false,
      problem: { kind: "gap", file: path, line: 2, seq: 2 },
    });
    expect(asJson.code).toBe(1);
  });

  it("says what is signed, and wants a signature as often as it is told", async () => {
    const path = await writtenFile();
    const publicKeyFile = join(path, "..", "public.pem");
    await writeFile(publicKeyFile, publicKey);
    const args = ["verify", path, "--public-key", publicKeyFile, "--checkpoint-records", "2"];
    const { code, output } = await run(args, { AI_AUDIT_KEY: auditKey });
    expect(output).toContain(`gap at ${path}:3: a signed checkpoint is missing: 3 entries have none`);
    expect(output).toContain("nothing is signed");
    expect(code).toBe(1);
  });

  it("compares with a head that was kept elsewhere", async () => {
    const path = await writtenFile();
    const env = { AI_AUDIT_KEY: auditKey };
    const head = /last entry (\S+)/.exec((await run(["verify", path], env)).output)?.[1] ?? "";
    expect((await run(["verify", path, "--head", head], env)).code).toBe(0);
    expect((await run(["verify", path, "--head", head.replace("4:", "9:")], env)).output).toContain(
      "truncation",
    );
  });

  it.each([
    ["no file", ["verify"], "Usage:"],
    ["another action", ["erase", "x"], "Usage:"],
    ["an unknown option", ["verify", "x", "--kye-file", "y"], "--kye-file"],
    ["no key", ["verify", "x"], "give `key`, `publicKey` or both"],
    [
      "a key that is not there",
      ["verify", "x", "--key-file", "/none/key"],
      "--key-file: the file /none/key can't be read",
    ],
    [
      "a public key that is not there",
      ["verify", "x", "--public-key", "/none/key"],
      "--public-key: the file /none/key can't be read",
    ],
    ["a number that is none", ["verify", "x", "--checkpoint-records", "many"], "--checkpoint-records"],
    ["a head that is none", ["verify", "x", "--head", "last"], "SEQ:HASH"],
  ])("can't check: 2, %s", async (_, args, reason) => {
    const { code, output, errors } = await run(args);
    expect(errors).toContain(reason);
    expect(output).toBe("");
    expect(code).toBe(2);
  });

  it("can't check a file that is not there: 2, and says so", async () => {
    const folder = await testFolder();
    for (const path of [join(folder, "audit.ndjson"), join(folder, "no-folder", "audit.ndjson")]) {
      const { code, errors } = await run(["verify", path], { AI_AUDIT_KEY: auditKey });
      expect(errors).toBe(
        `The audit can't be verified: there is no file ${path}; give the path that the sink was given`,
      );
      expect(code).toBe(2);
    }
  });

  it("can't check without saying a key that is too short or of another kind", async () => {
    const path = await writtenFile();
    const noKey = join(path, "..", "public.pem");
    await writeFile(noKey, "pem-CANARY");
    for (const [env, ...args] of [
      [{ AI_AUDIT_KEY: "short-CANARY" }],
      [{ AI_AUDIT_KEY: auditKey }, "--public-key", noKey],
    ] as const) {
      const { code, errors } = await run(["verify", path, ...args], env);
      expect(code).toBe(2);
      expect(errors).toMatch(/key: must have at least 32 bytes|publicKey: must be an Ed25519/);
      expect(errors).not.toContain("CANARY");
    }
  });

  it("runs as a program", { timeout: 30_000 }, async () => {
    const path = await writtenFile();
    const program = join(path, "..", "levqor-audit.mjs");
    await build({
      entryPoints: [fileURLToPath(new URL("../levqor-audit.ts", import.meta.url))],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: program,
      logLevel: "silent",
    });
    const env = { ...process.env, AI_AUDIT_KEY: auditKey };
    const good = spawnSync(process.execPath, [program, "verify", path], { env, encoding: "utf8" });
    expect([good.status, good.stderr]).toEqual([0, ""]);
    await writeFile(path, "{}\n");
    const bad = spawnSync(process.execPath, [program, "verify", path], { env, encoding: "utf8" });
    expect([bad.status, bad.stderr]).toEqual([1, ""]);
    expect(bad.stdout).toContain("edit at");
    expect(spawnSync(process.execPath, [program], { env, encoding: "utf8" }).status).toBe(2);
  });
});
