import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { createSessions, sessionSeconds } from "./session.js";

const start = Date.UTC(2026, 0, 1);
const secret = new TextEncoder().encode("thirty-two bytes for these tests");
const amara = { userId: "amara", tenantId: "northwind", roles: ["owner"] };
const unauthenticated = expect.objectContaining({ code: "unauthenticated" });

const claims = (token: InstanceType<typeof SignJWT>, alg = "HS256") =>
  token
    .setProtectedHeader({ alg })
    .setSubject("amara")
    .setIssuer("levqor")
    .setAudience("levqor-site")
    .setIssuedAt(start / 1000)
    .setExpirationTime(start / 1000 + 60);
const fresh = (alg?: string) => claims(new SignJWT({ tenant_id: "northwind", roles: [] }), alg);

describe("createSessions", () => {
  it("reads what it issued, until it expires", async () => {
    let now = start;
    const sessions = createSessions({ secret, now: () => now });
    const token = await sessions.issue(amara);
    expect(await sessions.read(token)).toEqual(amara);
    now += sessionSeconds * 1000 - 1000;
    expect(await sessions.read(token)).toEqual(amara);
    now += 1000;
    await expect(sessions.read(token)).rejects.toEqual(unauthenticated);
  });

  it.each<[string, () => Promise<string> | string]>([
    ["another secret", () => fresh().sign(new Uint8Array(32).fill(8))],
    ["another audience", () => fresh().setAudience("elsewhere").sign(secret)],
    ["another issuer", () => fresh().setIssuer("elsewhere").sign(secret)],
    [
      "no expiry",
      () =>
        new SignJWT({ sub: "amara", iss: "levqor", aud: "levqor-site" })
          .setProtectedHeader({ alg: "HS256" })
          .sign(secret),
    ],
    ["another algorithm", () => fresh("HS512").sign(secret)],
    [
      "a time that has not come",
      () =>
        fresh()
          .setNotBefore(start / 1000 + 30)
          .sign(secret),
    ],
    ["no tenant", () => claims(new SignJWT({ roles: [] })).sign(secret)],
    [
      "no signature",
      () =>
        new UnsecuredJWT({ tenant_id: "northwind", roles: [] })
          .setSubject("amara")
          .setIssuer("levqor")
          .setAudience("levqor-site")
          .setIssuedAt(start / 1000)
          .setExpirationTime(start / 1000 + 60)
          .encode(),
    ],
    ["two megabytes", async () => `${await fresh().sign(secret)}${"a".repeat(2_000_000)}`],
    ["nothing of a token", () => "a.b.c"],
  ])("refuses a token with %s", async (_what, make) => {
    const sessions = createSessions({ secret, now: () => start });
    await expect(sessions.read(await make())).rejects.toEqual(unauthenticated);
  });

  it("admits the same token made right", async () => {
    const sessions = createSessions({ secret, now: () => start });
    expect(await sessions.read(await fresh().sign(secret))).toMatchObject({ userId: "amara" });
  });
});
