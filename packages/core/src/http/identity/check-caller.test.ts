import { describe, expect, it } from "vitest";
import { isGatewayError } from "../../errors/gateway-error.js";
import type { Caller } from "../../pipeline/task-call.js";
import { checkCaller } from "./check-caller.js";

const verdict = (caller: unknown) => {
  try {
    checkCaller(caller as Caller);
    return "accepted";
  } catch (error) {
    return isGatewayError(error) ? error.code : error;
  }
};

describe("checkCaller", () => {
  it.each<[string, unknown]>([
    ["nobody", undefined],
    ["a visitor", {}],
    ["a whole caller", { userId: "u-1", tenantId: "acme", roles: ["admin"], ip: "fe80::1%eth0" }],
    ["what a session without a user has", { userId: null, tenantId: undefined, roles: null }],
    ["an e-mail address", { userId: "ada.lovelace+test@example.com" }],
    ["names in any script", { userId: "長い名前", tenantId: "Müller & Söhne | Zürich" }],
    ["256 characters", { userId: "u".repeat(256) }],
  ])("takes %s", (_name, caller) => {
    expect(verdict(caller)).toBe("accepted");
  });

  it.each<[string, string]>([
    ["a newline", "u1\nERROR forged line"],
    ["a carriage return", "u1\rforged"],
    ["a NUL", "u1\0"],
    ["an escape sequence of a terminal", "u1\u001b[2J"],
    ["a C1 control", "u1\u009b"],
    ["a line separator", "u1\u2028forged"],
    ["a right-to-left override", "u1\u202egnp.exe"],
    ["a zero-width space", "u\u200b1"],
    ["a tag character", "u1\u{e0041}"],
    ["half a character", "u1\ud800"],
    ["10 KB", "u".repeat(10_240)],
  ])("F57: refuses a user, tenant or role with %s", (_name, name) => {
    for (const caller of [{ userId: name }, { tenantId: name }, { roles: ["admin", name] }, { ip: name }]) {
      expect(verdict(caller)).toBe("unauthenticated");
    }
  });

  it.each<[string, unknown]>([
    ["the user's name", "ada"],
    ["that there is one", true],
    ["that there is none", false],
    ["a list", [{ userId: "ada" }]],
    ["a function", () => ({ userId: "ada" })],
  ])("calls %s in place of a caller a mistake, never an anonymous visitor", (_name, caller) => {
    expect(verdict(caller)).toBe("internal");
  });

  it.each<[string, unknown]>([
    ["a number as user", { userId: 42 }],
    ["an object as tenant", { tenantId: { id: "acme" } }],
    ["a text as roles", { roles: "admin" }],
    ["a number among roles", { roles: ["admin", 1] }],
    ["a list as address", { ip: ["127.0.0.1"] }],
  ])("calls %s a mistake of the application, and names the field", (_name, caller) => {
    expect(verdict(caller)).toBe("internal");
    expect(() => checkCaller(caller as Caller)).toThrow(/identify: .*"(userId|tenantId|roles|ip)"/);
  });
});
