import { describe, expect, it } from "vitest";
import { foundValues } from "./found-values.test-support.js";

const random = (length: number) => "aB3dE6gH9kPq2LmZ7xT4".repeat(Math.ceil(length / 20)).slice(0, length);
const hexadecimal = (length: number) => "0a1b2c3d4e5f6978".repeat(Math.ceil(length / 16)).slice(0, length);

const assigned: [text: string, value: string][] = [
  [`const apiKey = "${random(32)}";`, random(32)],
  [`MATTERMOST_TOKEN: ${random(26)}`, random(26)],
  [`lobToken := \`live_${hexadecimal(35)}\``, `live_${hexadecimal(35)}`],
  [`"okta_token" => "00${random(40)}"`, `00${random(40)}`],
  [`<accessToken>${random(24)}</accessToken>`, random(24)],
  [`x-api-key: ${random(20)}\nhost: a`, random(20)],
  [`curl -H "Authorization: Bearer ${random(30)}"`, random(30)],
  [`https://example.com/cb?access_token=${random(24)}&page=2`, random(24)],
  ["AccountKey=bXlrZXkxMjM0NTY3ODkwYWJjZGVmZ2g=;Endpoint=x", "bXlrZXkxMjM0NTY3ODkwYWJjZGVmZ2g="],
  [`secret = '${random(12)}\n${random(14)}'`, `${random(12)}\n${random(14)}`],
  [`session_token: ${random(20)}\n${random(16)}`, `${random(20)}\n${random(16)}`],
  [`deploy --api-token ${random(24)} --region eu`, random(24)],
  [`<add key="Password" value="${random(12)}" />`, random(12)],
  ['administrator_login_password = "thisIsDope"', "thisIsDope"],
  ['discord_api_token = "123456789012345678"', "123456789012345678"],
  ["curl -sS -u 'ada:hunter' https://example.com", "hunter"],
  ["password is Qr7!dke#39.", "Qr7!dke#39"],
  ["with password 'Summer 2024!' today", "Summer 2024!"],
  ["mein Passwort ist Tr0ub4dor", "Tr0ub4dor"],
  ["credentials: ada@example.com / SecureP@ss8901.", "SecureP@ss8901"],
];

const broken: [name: string, token: string][] = [
  ["GitHub", `ghp_${random(36)}`],
  ["SendGrid", `SG.${random(22)}.${random(43)}`],
  ["DigitalOcean", `doo_v1_${hexadecimal(64)}`],
  ["GitLab", `glpat-${random(20)}`],
  ["JSON web tokens", `eyJ${random(20)}.eyJ${random(40)}.${random(43)}`],
  ["OpenAI", `sk-proj-${random(40)}`],
];

const clean = [
  "The token limit is 4096; the key is to keep the password secret. Password: required.",
  "password must hold 8 characters, a token costs 0.1 ct, key: value, keys: 12, monkey=banana1234567890abcde",
  "const token = getToken1(); key={item.id2} authToken: process.env.TOKEN_2",
  'apiKey: "YOUR_API_KEY_123", password: "{{ DB_PASSWORD1 }}", secret: <secret-1>, token: "example-token-123"',
  "token: token-type:saml2, auth: http2.ClientSession, session: config.session.v2, key: 550e8400-e29b-41d4-a716-446655440000",
  "@scope/package@1.2.3, git+ssh://host/path, sk-learn-some-long-class-name, dependency-key-0.1.2",
  "cache key 9fceb02d0ae598e95dc970b74767f19372d61af8 of commit 9fceb02",
];

describe("secrets", () => {
  it.each(assigned)("in %j", (text, value) => {
    expect(foundValues("secret", text)).toEqual([value]);
  });

  it.each(broken)("with the mark of %s, also when a line break parts them", (_name, token) => {
    expect(foundValues("secret", `use ${token}.`)).toEqual([token]);
    const parted = `${token.slice(0, 14)}\n${token.slice(14)}`;
    expect(foundValues("secret", `use ${parted}`)).toEqual([parted]);
  });

  it.each(clean)("none in %s", (text) => {
    expect(foundValues("secret", text)).toEqual([]);
  });

  it("under a key that names one", () => {
    expect(foundValues("secret", random(24), ["config", "accessToken"])).toEqual([random(24)]);
    expect(foundValues("secret", random(24), ["config", "label"])).toEqual([]);
    expect(foundValues("secret", "next-page", ["config", "pageToken"])).toEqual([]);
  });
});
