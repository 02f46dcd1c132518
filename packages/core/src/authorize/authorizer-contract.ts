import assert from "node:assert/strict";
import type { ErrorCode } from "../errors/error-table.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { Caller } from "../pipeline/task-call.js";
import type { ContractCase } from "../testing/contract-case.js";
import type { AccessRule } from "./access-rule.js";
import type { Authorizer } from "./authorizer.js";

/** Makes an authorizer that follows tasks' access rules. */
export type CreateAuthorizer = () => Authorizer | Promise<Authorizer>;

const anonymous: Caller = {};
const user: Caller = { userId: "user-1", tenantId: "acme", roles: ["member"] };
const admin: Caller = { userId: "user-2", tenantId: "acme", roles: ["member", "admin"] };

/** How a question ends: `allowed`, or the error's code. */
async function verdict(
  create: CreateAuthorizer,
  rule: AccessRule,
  caller: Caller,
): Promise<"allowed" | ErrorCode> {
  const authorizer = await create();
  try {
    await authorizer.authorize({ task: "chat", rule, caller });
    return "allowed";
  } catch (error) {
    assert(isGatewayError(error), "expected a GatewayError");
    return error.code;
  }
}

/** What every authorizer promises. */
export const authorizerContract: readonly ContractCase<CreateAuthorizer>[] = [
  {
    name: "lets anyone in where anyone may",
    async run(create) {
      assert.equal(await verdict(create, "anyone", anonymous), "allowed");
      assert.equal(await verdict(create, "anyone", user), "allowed");
    },
  },
  {
    name: "asks for a user where one is needed",
    async run(create) {
      assert.equal(await verdict(create, "authenticated", anonymous), "unauthenticated");
      assert.equal(await verdict(create, "authenticated", { userId: "" }), "unauthenticated");
      assert.equal(await verdict(create, "authenticated", user), "allowed");
    },
  },
  {
    name: "asks for one of the roles",
    async run(create) {
      const rule = { roles: ["owner", "admin"] };
      assert.equal(await verdict(create, rule, anonymous), "unauthenticated");
      assert.equal(await verdict(create, rule, { roles: ["admin"] }), "unauthenticated");
      assert.equal(await verdict(create, rule, user), "forbidden");
      assert.equal(await verdict(create, rule, { userId: "user-3" }), "forbidden");
      assert.equal(await verdict(create, rule, admin), "allowed");
      assert.equal(await verdict(create, { roles: [] }, admin), "forbidden");
    },
  },
  {
    name: "asks for one of the tenants",
    async run(create) {
      const rule = { tenants: ["acme", "globex"] };
      assert.equal(await verdict(create, rule, anonymous), "unauthenticated");
      assert.equal(await verdict(create, rule, { tenantId: "acme" }), "unauthenticated");
      assert.equal(await verdict(create, rule, user), "allowed");
      assert.equal(await verdict(create, rule, { userId: "user-3" }), "forbidden");
      assert.equal(await verdict(create, rule, { userId: "user-3", tenantId: "ACME" }), "forbidden");
      assert.equal(await verdict(create, rule, { userId: "user-3", tenantId: "acme2" }), "forbidden");
      assert.equal(await verdict(create, { tenants: [] }, admin), "forbidden");
    },
  },
  {
    name: "asks for a role and a tenant where a rule names both",
    async run(create) {
      const rule = { roles: ["admin"], tenants: ["acme"] };
      assert.equal(await verdict(create, rule, admin), "allowed");
      assert.equal(await verdict(create, rule, user), "forbidden");
      assert.equal(await verdict(create, rule, { ...admin, tenantId: "globex" }), "forbidden");
      assert.equal(await verdict(create, rule, { ...admin, tenantId: undefined }), "forbidden");
      assert.equal(await verdict(create, rule, anonymous), "unauthenticated");
    },
  },
  {
    name: "follows a function, also an asynchronous one",
    async run(create) {
      const acmeOnly = (caller: Caller) => caller.tenantId === "acme";
      assert.equal(await verdict(create, acmeOnly, user), "allowed");
      assert.equal(await verdict(create, acmeOnly, { userId: "user-4", tenantId: "other" }), "forbidden");
      assert.equal(await verdict(create, acmeOnly, anonymous), "unauthenticated");
      assert.equal(await verdict(create, async () => true, anonymous), "allowed");
      assert.equal(await verdict(create, async () => false, user), "forbidden");
    },
  },
  {
    name: "lets nobody in when a function fails",
    async run(create) {
      const broken = () => Promise.reject(new Error("directory is down"));
      assert.equal(await verdict(create, broken, admin), "internal");
    },
  },
  {
    name: "lets nobody in by a rule that is missing or unknown",
    async run(create) {
      const misspelt = [{ role: ["admin"] }, { roles: ["admin"], tenant: ["globex"] }, { tenants: "acme" }];
      for (const rule of [undefined, null, "everyone", "", {}, { roles: "admin" }, true, [], ...misspelt]) {
        assert.equal(await verdict(create, rule as unknown as AccessRule, admin), "forbidden");
        assert.equal(await verdict(create, rule as unknown as AccessRule, anonymous), "forbidden");
      }
    },
  },
];
