import { type FileHandle, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { testFolder } from "./audit-records.test-support.js";
import { diskWriter } from "./disk-writer.js";

/** Milliseconds that each write takes that holds up the process. */
let slownessMs = 0;
let nowMs = 1_000;
let atOnce = 0;

type BytesToWrite = [fd: number, bytes: Uint8Array, offset: number, length: number, position: number | null];

vi.mock("node:fs", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs")>();
  return {
    ...original,
    writeSync(...[fd, bytes, offset, length, position]: BytesToWrite) {
      atOnce += 1;
      nowMs += slownessMs;
      return original.writeSync(fd, bytes, offset, Math.min(length, 4), position);
    },
  };
});

afterEach(() => {
  vi.restoreAllMocks();
  slownessMs = 0;
  atOnce = 0;
});

async function newFile(flags: string): Promise<{ readonly path: string; readonly file: FileHandle }> {
  vi.spyOn(performance, "now").mockImplementation(() => nowMs);
  const path = join(await testFolder(), "file");
  const file = await open(path, flags);
  onTestFinished(() => file.close());
  return { path, file };
}

describe("diskWriter", () => {
  it("writes all of it, however much the system takes at a time, at the end or in a place", async () => {
    const { path, file } = await newFile("w+");
    const disk = diskWriter();
    await disk.write(file, Buffer.from("0123456789"));
    await disk.write(file, Buffer.from("abcdef"), 2);
    expect(await readFile(path, "utf8")).toBe("01abcdef89");
  });

  it("has written before it returns while the disk is quick", async () => {
    const { file } = await newFile("a+");
    const disk = diskWriter();
    const written = disk.write(file, Buffer.from("abcd"));
    expect(atOnce).toBe(1);
    await written;
  });

  it("holds up nothing for a while after a slow write, then tries again", async () => {
    const { path, file } = await newFile("a+");
    const disk = diskWriter();
    slownessMs = 21;
    await disk.write(file, Buffer.from("one."));
    for (let index = 0; index < 5; index++) await disk.write(file, Buffer.from("more"));
    expect(atOnce).toBe(1);
    nowMs += 2_001;
    slownessMs = 0;
    await disk.write(file, Buffer.from("quick"));
    await disk.write(file, Buffer.from("."));
    expect(atOnce).toBe(4);
    expect(await readFile(path, "utf8")).toBe(`one.${"more".repeat(5)}quick.`);
  });
});
