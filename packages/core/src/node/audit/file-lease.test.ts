import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { testFolder } from "./audit-records.test-support.js";
import { fileLease } from "./file-lease.js";
import { lockFile } from "./file-lock.js";

const newPath = async () => join(await testFolder(), "lock");
const isGone = (path: string) => expect.poll(() => existsSync(path)).toBe(false);

describe("fileLease", () => {
  it("keeps the lock from one use to the next, and gives it back when it is not used", async () => {
    const path = await newPath();
    const lease = fileLease(path);
    await lease.take();
    const { ino } = await stat(path);
    await lease.done();
    for (let use = 0; use < 20; use++) {
      await lease.take();
      expect((await stat(path)).ino).toBe(ino);
      await lease.done();
    }
    expect(existsSync(path)).toBe(true);
    await isGone(path);
    await lease.take();
    await lease.done();
    await lease.giveBack();
    expect(await readdir(dirname(path))).toEqual([]);
  });

  it("does not give back what is in use, however long the use is and whoever asks", async () => {
    const path = await newPath();
    const lease = fileLease(path);
    await lease.take();
    let other = false;
    const waiting = lockFile(path).then((lock) => {
      other = true;
      return lock;
    });
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(other).toBe(false);
    await lease.done();
    await (await waiting).release();
  });

  it("gives it to who asks between two uses, and lets them go first", async () => {
    const path = await newPath();
    const lease = fileLease(path);
    const order: string[] = [];
    await lease.take();
    await lease.done();
    const startedAt = performance.now();
    const other = lockFile(path).then(async (lock) => {
      order.push("other");
      expect(lock.contended).toBe(true);
      await lock.release();
    });
    while (!order.includes("other") && performance.now() - startedAt < 5_000) {
      await lease.take();
      order.push("own");
      await lease.done();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await other;
    expect(order).toContain("other");
    await lease.giveBack();
    expect(await readdir(dirname(path))).toEqual([]);
  });

  it("gives it back after every use while the file is shared", async () => {
    const path = await newPath();
    const other = await lockFile(path);
    const lease = fileLease(path);
    const taken = lease.take();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await other.release();
    await taken;
    await lease.done();
    expect(existsSync(path)).toBe(false);
  });

  it("does not wait for somebody who asked and died", async () => {
    const path = await newPath();
    await writeFile(`${path}.wanted`, "");
    const lease = fileLease(path);
    const startedAt = performance.now();
    await lease.take();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(existsSync(`${path}.wanted`)).toBe(false); // it is not waited for again
    await lease.done();
    expect(existsSync(path)).toBe(true);
    await lease.giveBack();
  });

  it("says once that the one before died", async () => {
    const path = await newPath();
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    await writeFile(path, JSON.stringify({ token: crypto.randomUUID(), pid, host: hostname() }));
    const lease = fileLease(path);
    expect((await lease.take()).abandoned).toBe(true);
    await lease.done();
    expect((await lease.take()).abandoned).toBe(false);
    await lease.done();
    await lease.giveBack();
  });

  it("takes it anew when it was held for so long that another may have broken it", async () => {
    const path = await newPath();
    const lease = fileLease(path);
    await lease.take();
    const before = await readFile(path, "utf8");
    await lease.done();
    const { now } = performance;
    const later = vi.spyOn(performance, "now").mockImplementation(() => now.call(performance) + 10_001);
    const lock = await lease.take();
    expect(lock.fresh()).toBe(true);
    expect(await readFile(path, "utf8")).not.toBe(before);
    later.mockRestore();
    await lease.done();
    await lease.giveBack();
  });
});
