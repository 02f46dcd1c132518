import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isGatewayError } from "../../errors/gateway-error.js";
import { manualClock } from "../../testing/manual-clock.js";
import { type ApiKeyAuthOptions, type ApiKeyRecord, apiKeyAuth } from "./api-key-auth.js";
import { type CreatedApiKey, createApiKey } from "./create-api-key.js";
import type { IdentifyContext } from "./identify.js";
import { identifyContext, withHeader } from "./identify-context.test-support.js";

const acme = { userId: "importer", tenantId: "acme", roles: ["service"] };
const [mine, theirs] = [await createApiKey(), await createApiKey()];
const recordOf = ({ id, hash }: CreatedApiKey, caller: ApiKeyRecord["caller"] = acme) => ({
  id,
  hash,
  caller,
});
const keys = [recordOf(mine), recordOf(theirs, { tenantId: "other", userId: "bot" })];

const verdict = async (options: ApiKeyAuthOptions, context: IdentifyContext) => {
  try {
    return await apiKeyAuth(options)(undefined, context);
  } catch (error) {
    return isGatewayError(error) ? error.code : error;
  }
};
const withKey = (key: string | undefined) => withHeader("x-api-key", key);

describe("createApiKey", () => {
  it("makes a key that nobody can guess, and its hash, which does not tell it", () => {
    expect(mine.key).toMatch(new RegExp(`^lvq_${mine.id}_[0-9a-f]{64}$`));
    expect(mine.hash).toBe(createHash("sha256").update(mine.key).digest("hex"));
    expect(mine.key).not.toContain(mine.hash);
    expect(new Set([mine.key, mine.id, mine.hash, theirs.key, theirs.id, theirs.hash]).size).toBe(6);
  });

  it.each(["", "Acme", "a_b", "a.*", "a".repeat(17)])("refuses the prefix %j", async (prefix) => {
    await expect(createApiKey({ prefix })).rejects.toMatchObject({ code: "invalid_config" });
  });

  it("begins as the product wants it", async () => {
    const { key, id, hash } = await createApiKey({ prefix: "acme" });
    expect(key.startsWith(`acme_${id}_`)).toBe(true);
    const options = { keys: [{ id, hash, caller: acme }], prefix: "acme" };
    expect(await verdict(options, withKey(key))).toEqual(acme);
    expect(await verdict({ keys: options.keys }, withKey(key))).toBe("unauthenticated");
  });
});

describe("apiKeyAuth", () => {
  it("knows each key's owner", async () => {
    expect(await verdict({ keys }, withKey(mine.key))).toEqual(acme);
    expect(await verdict({ keys }, withKey(theirs.key))).toEqual({ tenantId: "other", userId: "bot" });
  });

  it("sees no credentials where its header is not", async () => {
    expect(await verdict({ keys }, identifyContext())).toBeUndefined();
    expect(await verdict({ keys }, withHeader("authorization", `Bearer ${mine.key}`))).toBeUndefined();
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["a text", "secret"],
    ["the hash", mine.hash],
    ["the id", mine.id],
    ["a key cut short", mine.key.slice(0, -1)],
    ["a key with more behind it", `${mine.key}0`],
    ["a key with a newline", `${mine.key}\n`],
    ["a key with a space", ` ${mine.key}`],
    ["a key in capitals", mine.key.toUpperCase()],
    ["two keys", `${mine.key}, ${theirs.key}`],
    ["another key's secret", `lvq_${mine.id}_${theirs.key.slice(-64)}`],
    ["an unknown id", `lvq_${"0".repeat(16)}_${mine.key.slice(-64)}`],
    ["an id of a prototype", `lvq___proto________${mine.key.slice(-64)}`],
    ["a secret of zeros", `lvq_${mine.id}_${"0".repeat(64)}`],
    ["a megabyte", `lvq_${mine.id}_${"0".repeat(1_000_000)}`],
  ])("refuses %s", async (_name, key) => {
    expect(await verdict({ keys }, withKey(key))).toBe("unauthenticated");
  });

  it("says the same whatever is wrong, and nothing of the key", async () => {
    const messages = await Promise.all(
      ["x", `lvq_${"0".repeat(16)}_${"0".repeat(64)}`, mine.key.replace(/.$/, "g")].map((key) =>
        Promise.resolve(apiKeyAuth({ keys })(undefined, withKey(key))).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(messages)).toEqual(new Set(["Your credentials are not valid. Please sign in again."]));
  });

  it("ends with its time, by the wall clock", async () => {
    const clock = manualClock();
    const options = { keys: [{ ...recordOf(mine), expiresAtMs: clock.now() + 1000 }], clock };
    expect(await verdict(options, withKey(mine.key))).toEqual(acme);
    await clock.advance(999);
    expect(await verdict(options, withKey(mine.key))).toEqual(acme);
    await clock.advance(1);
    expect(await verdict(options, withKey(mine.key))).toBe("unauthenticated");
  });

  it.each([Number.NaN, "2020-01-01T00:00:00Z", {}])(
    "takes no key that ends at %j, which is no time",
    async (end) => {
      const find = () => ({ ...recordOf(mine), expiresAtMs: end as number });
      expect(await verdict({ keys: find }, withKey(mine.key))).toBe("unauthenticated");
    },
  );

  it("looks a key up by its id, with the request's signal, and only then", async () => {
    const asked: unknown[] = [];
    const find: ApiKeyAuthOptions["keys"] = async (id, { signal }) => {
      asked.push([id, signal]);
      return keys.find((record) => record.id === id);
    };
    const context = withKey(mine.key);
    expect(await verdict({ keys: find }, context)).toEqual(acme);
    expect(asked).toEqual([[mine.id, context.signal]]);
    expect(await verdict({ keys: find }, withKey("garbage"))).toBe("unauthenticated");
    expect(asked.length).toBe(1);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["another key's record", keys[1]],
    ["a record without a hash", { id: mine.id, caller: acme }],
    ["the raw key as hash", { id: mine.id, hash: mine.key, caller: acme }],
    ["a record without a caller", { id: mine.id, hash: mine.hash }],
    ["a record whose caller is null", { id: mine.id, hash: mine.hash, caller: null }],
  ])("lets nobody in when the look-up gives %s", async (_name, record) => {
    const find = () => record as ApiKeyRecord;
    expect(await verdict({ keys: find }, withKey(mine.key))).toBe("unauthenticated");
  });

  it("lets nobody in when the look-up fails", async () => {
    const failure = new Error("database is down");
    expect(await verdict({ keys: () => Promise.reject(failure) }, withKey(mine.key))).toBe(failure);
  });

  it("can share the Authorization header with tokens of others", async () => {
    const options = { keys, header: "authorization" };
    const bearer = (text: string) => withHeader("authorization", text);
    expect(await verdict(options, bearer(`Bearer ${mine.key}`))).toEqual(acme);
    expect(await verdict(options, bearer(`bearer ${mine.key}`))).toEqual(acme);
    expect(await verdict(options, bearer("Bearer lvq_broken"))).toBe("unauthenticated");
    expect(await verdict(options, bearer("Bearer eyJ.eyJ.abc"))).toBeUndefined();
    expect(await verdict(options, identifyContext())).toBeUndefined();
  });
});

describe("F48: apiKeyAuth refuses at start", () => {
  it.each<[string, object, RegExp]>([
    ["no keys", { keys: undefined }, /^keys: must be a function, or a list/],
    ["a raw key", { keys: [{ ...recordOf(mine), hash: mine.key }] }, /^keys\.0\.hash: .*not the key/],
    [
      "a key that is kept beside its hash",
      { keys: [{ ...mine, caller: acme }] },
      /^keys\.0\.key: there is no such/,
    ],
    ["an id of another form", { keys: [{ ...recordOf(mine), id: "CANARY" }] }, /^keys\.0\.id/],
    ["a key of nobody", { keys: [recordOf(mine, {})] }, /^keys\.0\.caller\.userId: must be a text/],
    ["a prefix that breaks patterns", { keys, prefix: "CANARY.*" }, /^prefix/],
    ["a header in capitals", { keys, header: "X-CANARY" }, /^header/],
    ["an unknown option", { keys, key: "CANARY" }, /^key: there is no such option/],
  ])("%s, naming the option and never its value", (_name, options, expected) => {
    try {
      apiKeyAuth(options as ApiKeyAuthOptions);
      expect.unreachable();
    } catch (error) {
      if (!isGatewayError(error, "invalid_config")) throw error;
      expect(error.details.problems).toEqual([expect.stringMatching(expected)]);
      expect(error.message).not.toMatch(/CANARY/);
      expect(error.message).not.toContain(mine.key);
    }
  });
});
