import { describe, expect, it } from "vitest";
import type { Caller } from "../pipeline/task-call.js";
import { ownedName } from "./owned-name.js";

const secret = "0123456789abcdef";
const nameOf = (caller: Caller | undefined, id = secret, task = "chat") => ownedName({ caller, task, id });

describe("ownedName", () => {
  it("is another one for another tenant, user, task or id, also when they are made to run together", () => {
    const ids = [secret, `${secret}"`, `${secret}","x`];
    const parts = [undefined, "null", "", "a", "b", "ab", 'a","b', 'a"', "]", "\ud800", "\\ud800"];
    const names = parts.flatMap((tenantId) =>
      parts.flatMap((userId) =>
        ids.flatMap((id) => ["chat", "chat2"].map((task) => nameOf({ tenantId, userId }, id, task))),
      ),
    );
    expect(names.every((name) => typeof name === "string")).toBe(true);
    expect(new Set(names).size).toBe(parts.length ** 2 * ids.length * 2);
  });

  it("is the same for the same caller, whatever else is known of them", () => {
    const known = { tenantId: "t", userId: "u" };
    expect(nameOf({ ...known, roles: ["admin"], ip: "10.0.0.1" })).toBe(nameOf(known));
    expect(nameOf(undefined)).toBe(nameOf({ ip: "10.0.0.1" }));
  });

  it.each([
    [undefined, 15, false],
    [undefined, 16, true],
    [{ tenantId: "t" }, 15, false],
    [{ userId: "" }, 15, false],
    [{ userId: "" }, 16, true],
    [{ userId: "u" }, 0, false],
    [{ userId: "u" }, 1, true],
    [{ userId: "u" }, 200, true],
    [{ userId: "u" }, 201, false],
    [undefined, 201, false],
  ])("of %j with an id of %i characters exists: %s", (caller, length, exists) => {
    expect(nameOf(caller, "x".repeat(length)) !== undefined).toBe(exists);
  });
});
