import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { governedGateway } from "../pipeline/governed-gateway.test-support.js";
import { filePolicySource } from "./file-policy-source.js";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "policy-"));
  path = join(folder, "policy.json");
});
afterEach(() => rm(folder, { recursive: true }));

const write = (policy: object | string) =>
  writeFile(path, typeof policy === "string" ? policy : JSON.stringify(policy));

describe("filePolicySource", () => {
  it("reads the file; no file is no policy", async () => {
    const source = filePolicySource(path);
    expect(await source.read()).toBeUndefined();
    await write({ version: 1, flags: {} });
    expect(await source.read()).toEqual({ version: 1, flags: {} });
  });

  it("reads a file with a byte order mark, and gives the same document while it is the same", async () => {
    const source = filePolicySource(path);
    await write('\uFEFF{ "version": 1 }');
    const document = await source.read();
    expect(document).toEqual({ version: 1 });
    expect(await source.read()).toBe(document);
    await write({ version: 2 });
    expect(await source.read()).toEqual({ version: 2 });
  });

  it("follows a mounted volume that is replaced as a whole", async () => {
    const put = async (version: number) => {
      await mkdir(join(folder, `..${version}`));
      await writeFile(join(folder, `..${version}`, "policy.json"), JSON.stringify({ version }));
      await symlink(`..${version}`, join(folder, "..next"));
      await rename(join(folder, "..next"), join(folder, "..data"));
    };
    await put(1);
    await symlink("..data/policy.json", path);
    const { gateway, ask } = governedGateway({
      policy: { source: filePolicySource(path), pollMs: 3_600_000 },
    });
    expect((await ask()).decision.policyVersion).toBe(1);
    await put(2);
    await vi.waitFor(() => expect(gateway.policy.status().version).toBe(2), 5_000);
    await gateway.close();
  });

  it("says that the file is no JSON, and quotes nothing of it", async () => {
    await write('{ "version": 1, "secret" ');
    await expect(filePolicySource(path).read()).rejects.toMatchObject({
      code: "invalid_config",
      details: { problems: ["policy: the file is not JSON"] },
    });
  });

  it("rejects when the file is there and can't be read", async () => {
    await expect(filePolicySource(folder).read()).rejects.toMatchObject({ code: "EISDIR" });
  });

  it("changes a running gateway when the file is written or replaced", async () => {
    await write({ version: 1 });
    const { gateway, ask } = governedGateway({
      policy: { source: filePolicySource(path), pollMs: 3_600_000 },
    });
    expect((await ask()).decision.policyVersion).toBe(1);
    await write({ version: 2 });
    await vi.waitFor(() => expect(gateway.policy.status().version).toBe(2), 5_000);
    await writeFile(`${path}.next`, JSON.stringify({ version: 3 }));
    await rename(`${path}.next`, path);
    await vi.waitFor(() => expect(gateway.policy.status().version).toBe(3), 5_000);
    await write("{ oops");
    await vi.waitFor(
      () => expect(gateway.policy.status().problems).toEqual(["policy: the file is not JSON"]),
      5_000,
    );
    expect(gateway.policy.status().version).toBe(3);
    await gateway.close();
  });
});
