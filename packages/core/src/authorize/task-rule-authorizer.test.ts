import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import type { AccessRule } from "./access-rule.js";
import { authorizerContract } from "./authorizer-contract.js";
import { taskRuleAuthorizer } from "./task-rule-authorizer.js";

const user = { userId: "user-1" };

async function refusal(rule: unknown): Promise<unknown> {
  const question = { task: "chat", rule: rule as AccessRule, caller: user };
  try {
    await taskRuleAuthorizer().authorize(question);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("taskRuleAuthorizer", () => {
  for (const { name, run } of authorizerContract) it(name, () => run(taskRuleAuthorizer));

  it("tells the developer how to give a task a rule", async () => {
    expect(await refusal(undefined)).toMatchObject({
      code: "forbidden",
      message: expect.stringMatching(/Task "chat".*"allow".*authenticated/),
    });
  });

  it("takes only true from a function", async () => {
    expect(await refusal(() => "yes")).toMatchObject({ code: "forbidden" });
  });

  it("does not mistake a string of roles for a list", async () => {
    const caller = { userId: "user-1", roles: "administrator" as unknown as string[] };
    const authorize = async () =>
      taskRuleAuthorizer().authorize({ task: "chat", rule: { roles: ["admin"] }, caller });
    await expect(authorize()).rejects.toMatchObject({ code: "forbidden" });
  });

  it("passes on a rule's own gateway error and hides any other", async () => {
    const own = new GatewayError("rate_limited", "Slow down.", {
      details: { dimension: "user", kind: "requests", limit: 1, windowMs: 1000, retryAfterMs: 1000 },
    });
    expect(await refusal(() => Promise.reject(own))).toBe(own);
    const cause = new Error("ldap://10.0.0.1 refused");
    const error = await refusal(() => Promise.reject(cause));
    expect(error).toMatchObject({ code: "internal", cause });
    expect((error as Error).message).not.toContain("ldap");
  });
});
