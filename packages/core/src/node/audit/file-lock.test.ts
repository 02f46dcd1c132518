import { spawnSync } from "node:child_process";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testFolder } from "./audit-records.test-support.js";
import { lockFile } from "./file-lock.js";

const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;
const owner = (changes: object) =>
  JSON.stringify({ token: crypto.randomUUID(), pid: process.pid, host: hostname(), ...changes });

describe("lockFile", () => {
  it("lets one in at a time", async () => {
    const path = join(await testFolder(), "lock");
    let inside = 0;
    let most = 0;
    const enter = async () => {
      const lock = await lockFile(path);
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 20 }, enter));
    expect(most).toBe(1);
    expect(inside).toBe(0);
  });

  it("breaks the lock of a dead process at once, once, and says so", async () => {
    const folder = await testFolder();
    const path = join(folder, "lock");
    await writeFile(path, owner({ pid: deadPid() }));
    let holders = 0;
    const take = async () => {
      const lock = await lockFile(path);
      expect(++holders).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      holders -= 1;
      await lock.release();
      return lock.abandoned;
    };
    const abandoned = await Promise.all(Array.from({ length: 10 }, take));
    expect(abandoned.filter(Boolean)).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it("lets one in at a time, however many break the lock of a dead process at once", {
    timeout: 60_000,
  }, async () => {
    const path = join(await testFolder(), "lock");
    let holders = 0;
    const pause = (mostMs: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * mostMs));
    const take = async () => {
      await pause(6);
      const lock = await lockFile(path);
      expect(++holders).toBe(1);
      await pause(2);
      holders -= 1;
      await lock.release();
    };
    const dead = deadPid();
    for (let round = 0; round < 20; round++) {
      await writeFile(path, owner({ pid: dead }));
      await Promise.all(Array.from({ length: 30 }, take));
    }
  });

  it("breaks the lock of a process that had our number before us", async () => {
    const path = join(await testFolder(), "lock");
    await writeFile(path, owner({}));
    const before = new Date(Date.now() - 86_400_000);
    await utimes(path, before, before);
    const lock = await lockFile(path);
    expect(lock.abandoned).toBe(true);
    await lock.release();
  });

  it.each([
    ["a machine that does not answer", () => owner({ host: "elsewhere", pid: 1 })],
    ["somebody who died before he had written his name", () => ""],
  ])("breaks the lock of %s when it was seen for long enough, whatever its date says", async (_, text) => {
    const path = join(await testFolder(), "lock");
    await writeFile(path, text());
    const before = new Date(Date.now() - 86_400_000);
    await utimes(path, before, before);
    const startedAt = performance.now();
    const lock = await lockFile(path, { staleMs: 60 });
    expect(performance.now() - startedAt).toBeGreaterThan(60);
    expect(lock.abandoned).toBe(true);
    await lock.release();
  });

  it("waits for a living process", async () => {
    const path = join(await testFolder(), "lock");
    const first = await lockFile(path);
    let second: unknown;
    const waiting = lockFile(path).then((lock) => {
      second = lock;
      return lock;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(second).toBeUndefined();
    await first.release();
    expect((await waiting).abandoned).toBe(false);
  });

  it("fails when the lock can't be made", async () => {
    await expect(lockFile(join(await testFolder(), "missing", "lock"))).rejects.toThrow(/ENOENT/);
  });
});
