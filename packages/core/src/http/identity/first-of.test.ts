import { describe, expect, it } from "vitest";
import { GatewayError, isGatewayError } from "../../errors/gateway-error.js";
import { firstOf } from "./first-of.js";
import type { Identify } from "./identify.js";
import { identifyContext } from "./identify-context.test-support.js";

const broken: Identify = () => Promise.reject(new GatewayError("unauthenticated", "broken"));
const none: Identify = () => undefined;
const user: Identify = async () => ({ userId: "user" });
const service: Identify = () => ({ tenantId: "service" });
const unreachable: Identify = () => expect.unreachable();
const ask = (...kinds: Identify[]) =>
  Promise.resolve(firstOf(...kinds)("request", identifyContext())).catch((error: unknown) =>
    isGatewayError(error) ? error.code : error,
  );

describe("firstOf", () => {
  it("gives the caller of the first credentials that are there, and asks nobody else", async () => {
    expect(await ask(none, user, unreachable)).toEqual({ userId: "user" });
    expect(await ask(service, unreachable)).toEqual({ tenantId: "service" });
  });

  it("finds an anonymous visitor when there are no credentials at all", async () => {
    expect(await ask(none, none)).toBeUndefined();
  });

  it("refuses broken credentials, whatever comes with them", async () => {
    expect(await ask(broken)).toBe("unauthenticated");
    expect(await ask(none, broken, user)).toBe("unauthenticated");
    expect(await ask(broken, none)).toBe("unauthenticated");
  });

  it("hands on the request and its context", async () => {
    const context = identifyContext();
    const seen: unknown[] = [];
    await firstOf<string>((...given) => void seen.push(given))("request", context);
    expect(seen).toEqual([["request", context]]);
  });

  it("can stand in another one", async () => {
    expect(await ask(firstOf(none, none), firstOf(none, user))).toEqual({ userId: "user" });
  });

  it.each([[[]], [[undefined]], [[none, {}]]])("refuses %j at start", (kinds) => {
    expect(() => firstOf(...(kinds as Identify[]))).toThrow(/firstOf: give functions/);
  });
});
