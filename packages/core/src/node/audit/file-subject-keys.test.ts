import { appendFile, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { subjectKeysContract } from "../../audit/subject-keys-contract.js";
import { testFolder } from "./audit-records.test-support.js";
import { fileSubjectKeys } from "./file-subject-keys.js";
import { syncFolder } from "./sync-folder.js";

vi.mock("./sync-folder.js", { spy: true });
const newPath = async () => join(await testFolder(), "keys", "subjects");
const make = { make: true };
const look = { make: false };

describe("fileSubjectKeys", () => {
  for (const { name, run } of subjectKeysContract)
    it(name, () => run(async () => fileSubjectKeys({ path: await newPath() })));

  it("knows the keys after a restart", async () => {
    const path = await newPath();
    const key = await fileSubjectKeys({ path }).keyOf("ada", make);
    expect(await fileSubjectKeys({ path }).keyOf("ada", look)).toBe(key);
  });

  it("leaves nothing of a dropped key on the disk, in a file that only its owner reads", async () => {
    const path = await newPath();
    const keys = fileSubjectKeys({ path });
    const key = await keys.keyOf("ada", make);
    await keys.keyOf("bob", make);
    expect(await readFile(path, "utf8")).toContain(key);
    await keys.erase("ada");
    expect(await readFile(path, "utf8")).not.toMatch(new RegExp(`ada|${key}`));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(path, ".."))).toEqual(["subjects"]);
  });

  it("waits until the disk has forgotten a key, too", async () => {
    const path = await newPath();
    const keys = fileSubjectKeys({ path });
    await keys.keyOf("ada", make);
    vi.mocked(syncFolder).mockClear();
    vi.mocked(syncFolder).mockImplementationOnce(async (folder) => {
      expect(folder).toBe(join(path, ".."));
      expect(await readdir(folder)).not.toContain("subjects.new"); // after the new file has its name
    });
    await keys.erase("ada");
    expect(syncFolder).toHaveBeenCalledOnce();
  });

  it("does not use a key that another process has dropped, and sees those that it has made", async () => {
    const path = await newPath();
    const [here, there] = [fileSubjectKeys({ path }), fileSubjectKeys({ path })];
    const key = await here.keyOf("ada", make);
    expect(await there.keyOf("ada", look)).toBe(key);
    await there.erase("ada");
    expect(await here.keyOf("ada", look)).toBeUndefined();
    const [a, b] = await Promise.all([here.keyOf("bob", make), there.keyOf("bob", make)]);
    expect(a).toBe(b);
  });

  it("survives a line that a crash has torn", async () => {
    const path = await newPath();
    const key = await fileSubjectKeys({ path }).keyOf("ada", make);
    await appendFile(path, "bob 0123");
    const keys = fileSubjectKeys({ path });
    const carol = await keys.keyOf("carol", make);
    expect(await keys.keyOf("ada", look)).toBe(key);
    expect(await keys.keyOf("carol", look)).toBe(carol);
    expect(await keys.keyOf("bob", look)).toBeUndefined();
  });
});
