import { describe, expect, it } from "vitest";
import type { MaskType } from "../mask-type.js";
import { foundValues as found } from "./found-values.test-support.js";

const letters = (length: number) => "aB3dE6gH9k".repeat(Math.ceil(length / 10)).slice(0, length);
const hexadecimal = (length: number) => "0a1b2c3d4e5f".repeat(Math.ceil(length / 12)).slice(0, length);
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${letters(64)}\n${letters(64)}\n-----END RSA PRIVATE KEY-----`;
const jwt = `eyJ${letters(20)}.eyJ${letters(40)}.${letters(43)}`;

const hits: [MaskType, string, string][] = [
  ["email", "mail ada.lovelace+news@mail.example.co.uk.", "ada.lovelace+news@mail.example.co.uk"],
  ["email", "<jürgen@müller.example>, ok", "jürgen@müller.example"],
  ["email", "mailto:x@xn--bcher-kva.example", "x@xn--bcher-kva.example"],
  ["email", "email=ada@example.com&x=1", "ada@example.com"],
  ["email", 'mail "foo bar\\@x"@example.com, please', '"foo bar\\@x"@example.com'],
  ["phone", "call +44 20 7946 0958 now", "+44 20 7946 0958"],
  ["phone", "(415) 555-0132, or", "(415) 555-0132"],
  ["phone", "tel: 415-555-0132 x77", "415-555-0132 x77"],
  ["phone", "+1-903-240-4508x769", "+1-903-240-4508x769"],
  ["phone", "+4915112345678.", "+4915112345678"],
  ["phone", "unter 030/1234567", "030/1234567"],
  ["phone", "au 06.12.34.56.78 svp", "06.12.34.56.78"],
  ["phone", "0 532 123 45 67", "0 532 123 45 67"],
  ["phone", "0044 20 7946 0958", "0044 20 7946 0958"],
  ["credit_card", "card 4111 1111 1111 1111, exp", "4111 1111 1111 1111"],
  ["credit_card", "4111-1111-1111-1111", "4111-1111-1111-1111"],
  ["credit_card", "3782 822463 10005", "3782 822463 10005"],
  ["credit_card", "2223003122003222", "2223003122003222"],
  ["iban", "to DE89 3704 0044 0532 0130 00 please", "DE89 3704 0044 0532 0130 00"],
  ["iban", "gb29nwbk60161331926819", "gb29nwbk60161331926819"],
  ["iban", "NO93-8601-1117-947", "NO93-8601-1117-947"],
  ["ip_address", "from 203.0.113.7:443", "203.0.113.7"],
  ["ip_address", "net 10.0.0.0/8.", "10.0.0.0/8"],
  ["ip_address", "to 2001:db8::8a2e:370:7334: refused", "2001:db8::8a2e:370:7334"],
  ["ip_address", "fe80::1%eth0", "fe80::1%eth0"],
  ["ip_address", "0:0:0:0:0:ffff:192.0.2.1.", "0:0:0:0:0:ffff:192.0.2.1"],
  ["mac_address", "00:1B:44:11:3A:B7", "00:1B:44:11:3A:B7"],
  ["mac_address", "001b.4411.3ab7", "001b.4411.3ab7"],
  ["us_ssn", "SSN 219-09-9998.", "219-09-9998"],
  ["secret", `key sk-${letters(40)}.`, `sk-${letters(40)}`],
  ["secret", `ghp_${letters(36)}`, `ghp_${letters(36)}`],
  ["secret", `github_pat_${letters(30)}`, `github_pat_${letters(30)}`],
  ["secret", "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"],
  ["secret", "AKIA0189IOSFODNN7EXA", "AKIA0189IOSFODNN7EXA"],
  ["secret", `?key=AIza${letters(35)}&q=1`, `AIza${letters(35)}`],
  ["secret", `xoxb-${letters(24)}`, `xoxb-${letters(24)}`],
  ["secret", `glpat-${letters(20)}`, `glpat-${letters(20)}`],
  ["secret", `npm_${letters(36)}`, `npm_${letters(36)}`],
  ["secret", `SG.${letters(22)}.${letters(43)}`, `SG.${letters(22)}.${letters(43)}`],
  ["secret", `shpat_${hexadecimal(32)}`, `shpat_${hexadecimal(32)}`],
  ["secret", `rk_live_${letters(24)}`, `rk_live_${letters(24)}`],
  ["secret", `whsec_${letters(32)}`, `whsec_${letters(32)}`],
  ["secret", `hf_${letters(34)}`, `hf_${letters(34)}`],
  ["secret", `Authorization: Bearer ${jwt}`, jwt],
  ["secret", `here:\n${pem}\nthanks`, pem],
  [
    "secret",
    `-----BEGIN PRIVATE KEY-----\n${letters(64)}\n cut`,
    `-----BEGIN PRIVATE KEY-----\n${letters(64)}`,
  ],
  ["secret", "postgres://app:hunter2@db.example.com/x", "app:hunter2"],
  ["secret", "Server=x;Password=Tr0ub4dor;", "Tr0ub4dor"],
  ["secret", 'DB_PASSWORD="p@ssword"', "p@ssword"],
];

const misses: [MaskType, string][] = [
  ["email", "icon@2x.png and pkg@1.2.3, @ada, a@b, a..b@example.com, git@github.com:org/repo"],
  ["email", "https://ada:secret@example.com/"],
  ["phone", "2024-01-02 10:30, 01.02.2024 10:30, 12345678, 1.2.3.4, 0.12345678, 0123-4567-8901-2345"],
  ["phone", "order 4155550132, port 0-65535, 100-200-3000"],
  ["credit_card", "4111 1111 1111 1112, 1234567890123452, a4111111111111111"],
  ["iban", "DE89 3704 0044 0532 0130 01, XX22 1234, GB29 nwBK 6016 1331 9268 19"],
  [
    "ip_address",
    "256.1.1.1, v1.2.3.4, version 1.2.3.4, 1.2.3.4.5, 12:30:45, std::cout, :::, abc::def, 2001::25de::cade",
  ],
  ["mac_address", "10:2F:33-AC-29-C3, 1234.5678.9012, 00:11:22:33:44"],
  ["us_ssn", "000-12-3456, 666-12-3456, 912-12-3456, 123-00-4567, 123-45-0000, 1123-45-6789, 123-45-6789-1"],
  [
    "secret",
    "sk-learn-some-long-class-name, AKIA123, eyJ, task-force, password: required, https://host:80/a@b",
  ],
];

describe("detectors", () => {
  it.each(hits)("%s in %j", (type, text, value) => {
    expect(found(type, text)).toEqual([value]);
  });

  it.each(misses)("no %s in %j", (type, text) => {
    expect(found(type, text)).toEqual([]);
  });

  it("take a whole string by its key", () => {
    expect(found("secret", "correct-horse", ["config", "db_password"])).toEqual(["correct-horse"]);
    expect(found("secret", "Bearer abc.def", ["headers", "Authorization"])).toEqual(["Bearer abc.def"]);
    expect(found("secret", "correct-horse", ["config", "name"])).toEqual([]);
    expect(found("secret", "What is a password?", ["password"])).toEqual([]);
  });

  it("find several in a row", () => {
    expect(found("credit_card", "4012888888881881 4012-8888-8888-1881 4012 8888 8888 1881")).toHaveLength(3);
    expect(found("phone", "052 5552606 074-7111234")).toEqual(["052 5552606", "074-7111234"]);
  });
});
