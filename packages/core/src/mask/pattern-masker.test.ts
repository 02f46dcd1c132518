import { describe, expect, it } from "vitest";
import type { MaskType } from "./mask-type.js";
import type { Masked } from "./masker.js";
import { maskerContract } from "./masker-contract.js";
import { patternMasker } from "./pattern-masker.js";

const createNonce = () => "k3f9";
const masker = patternMasker({ createNonce });
const mask = <Value>(value: Value) => masker.mask(value, {}) as Masked<Value>;

describe("patternMasker", () => {
  for (const { name, run } of maskerContract) it(name, () => run(patternMasker));

  it("writes type, nonce and counter", () => {
    const { value, counts } = mask("ada@example.com, 4111111111111111, ada@example.com, bob@example.com");
    expect(value).toBe("[EMAIL_k3f9_0001], [CREDIT_CARD_k3f9_0002], [EMAIL_k3f9_0001], [EMAIL_k3f9_0003]");
    expect(counts).toEqual({ email: 2, credit_card: 1 });
  });

  it("makes a new nonce for each call", () => {
    const nonces = Array.from(
      { length: 50 },
      () => patternMasker().mask("ada@example.com", {}) as Masked<string>,
    );
    for (const { value } of nonces) expect(value).toMatch(/^\[EMAIL_[a-z0-9]{4}_0001\]$/);
    expect(new Set(nonces.map(({ value }) => value)).size).toBeGreaterThan(40);
  });

  it("looks only for the types it is told", () => {
    const emailOnly = patternMasker({ types: ["email"], createNonce });
    expect(emailOnly.mask("ada@example.com 203.0.113.7", {})).toMatchObject({
      value: "[EMAIL_k3f9_0001] 203.0.113.7",
    });
  });

  it("refuses unknown types and bad nonces", () => {
    expect(() => patternMasker({ types: ["e-mail" as MaskType] })).toThrow(
      expect.objectContaining({ code: "invalid_config", message: expect.stringContaining('"e-mail"') }),
    );
    expect(() => patternMasker({ createNonce: () => "K3F9" }).mask("ada@example.com", {})).toThrow(
      expect.objectContaining({ code: "invalid_config" }),
    );
  });

  it("shares what holds nothing to hide", () => {
    const value = { clean: { text: "hello" }, dirty: { text: "ada@example.com" } };
    const masked = mask(value).value;
    expect(masked.clean).toBe(value.clean);
    expect(mask(value.clean).value).toBe(value.clean);
  });

  it("leaves the names of fields, whatever a call knows or a context tells", () => {
    const value = {
      page: "x",
      user_role: "my name is Page",
      "x-request-id": 1,
      line2: "",
      password: "line2!",
    };
    const { value: shown } = masker.mask(value, { known: ["page", "user role"] }) as Masked<typeof value>;
    expect(Object.keys(shown)).toEqual(Object.keys(value));
  });

  it.each([
    "+1 212-736-5000",
    "Ada Lovelace",
    "AKIAIOSFODNN7EXAMPLE",
    "[EMAIL_k3f9_0001]",
    "4111111111111111",
  ])("hides the key %s", (key) => {
    const { value: shown, restore } = masker.mask(
      { [key]: [1] },
      { known: ["Ada Lovelace"] },
    ) as Masked<object>;
    expect(Object.keys(shown)[0]).toMatch(/^\[[A-Z_]+_k3f9_0001\]$/);
    expect(restore(shown)).toEqual({ [key]: [1] });
  });

  it.each([
    ["zero-width characters", "ada@exa\u200bmple.com"],
    ["soft hyphens", "ada@exam\u00adple.com"],
    ["direction marks", "\u202eada@example.com"],
    ["full-width forms", "ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ"],
    ["look-alike letters", "аda@exаmple.cоm"],
    ["Arabic digits", "٤١١١١١١١١١١١١١١١"],
    ["mathematical digits", "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏"],
    ["no-break spaces", "4111\u00a01111\u00a01111\u00a01111"],
    ["other dashes", "219\u201109\u20139998"],
  ])("sees through %s and restores them exactly", (_name, disguised) => {
    const text = `before 𝔞 ${disguised} after`;
    const masked = mask(text);
    expect(masked.value).toMatch(/^before 𝔞 \S*\[[A-Z_]+_k3f9_0001\] after$/u);
    expect(masked.restore(masked.value)).toBe(text);
  });

  it("masks inside JSON in a string", () => {
    const text = JSON.stringify({ to: "ada@example.com", password: "hunter2!" });
    const masked = mask({ arguments: text });
    expect(JSON.parse(masked.value.arguments)).toEqual({
      to: "[EMAIL_k3f9_0001]",
      password: "[SECRET_k3f9_0002]",
    });
    expect(masked.restore(masked.value)).toEqual({ arguments: text });
  });

  it.each([
    "[EMAIL_k3f9_0001]",
    "[email_k3f9_0001]",
    "\\[EMAIL\\_k3f9\\_0001\\]",
    "\\[EMAIL_k3f9_0001]",
    "[[EMAIL_k3f9_0001]]",
    "[EMAIL_zzzz_0001]",
    "[LITERAL_k3f9_0001]",
    "[EMAIL_k3f9_00\u200b01]",
  ])("hides %s of the user's own and gives it back", (literal) => {
    const text = `${literal} bob@example.com ${literal}`;
    const masked = mask(text);
    expect(masked.counts).toMatchObject({ literal: 1, email: 1 });
    expect(masked.restore(masked.value)).toBe(text);
  });

  it.each(["[EMAIL_k3f9_]", "EMAIL_k3f9_0001", "[_k3f9_0001]", "[EMAIL_k3f9_001]"])(
    "leaves the near miss %s alone",
    (text) => {
      expect(mask(text).value).toBe(text);
      expect(mask("ada@example.com").restore(text)).toBe(text);
    },
  );

  it("understands how models damage placeholders", () => {
    const { restore } = mask("ada@example.com");
    const damaged = "[EMAIL_k3f9_0001] [Email_K3F9_0001] [EMAIL\\_k3f9\\_0001] \\[EMAIL\\_k3f9\\_0001\\]";
    expect(restore(damaged)).toBe("ada@example.com ada@example.com ada@example.com ada@example.com");
  });

  it("leaves invented placeholders as they are", () => {
    const { restore } = mask("ada@example.com");
    const invented = "[EMAIL_k3f9_0099] [PHONE_k3f9_0001] [EMAIL_k3f8_0001] [EMAIL_k3f9_00010]";
    expect(restore(invented)).toBe(invented);
  });

  it("restores once, not what it restored", () => {
    const text = "mail [EMAIL_k3f9_0002] or bob@example.com";
    const masked = mask(text);
    expect(masked.restore(masked.value)).toBe(text);
  });

  it("hides all of two overlapping values under the longer one's type", () => {
    const text = `postgres://app:sk-abcdefghij0123456789@db.example.com ${"x".repeat(3)}`;
    const { value } = mask(text);
    expect(value).toBe("postgres://[SECRET_k3f9_0001]@db.example.com xxx");
  });

  it("keeps adjacent values apart and restores at the very edges", () => {
    const text = "ada@example.com,bob@example.com";
    const masked = mask(text);
    expect(masked.value).toBe("[EMAIL_k3f9_0001],[EMAIL_k3f9_0002]");
    expect(masked.restore(masked.value)).toBe(text);
  });

  it("takes 10,000 values, and one value 10,000 times", async () => {
    const addresses = Array.from({ length: 10_001 }, (_, index) => `user${index}@example.com`);
    const masked = await masker.mask(addresses.join(" "), {});
    expect(masked.counts).toEqual({ email: 10_001 });
    expect(masked.value).toContain("[EMAIL_k3f9_10001]");
    expect(masked.restore(masked.value)).toBe(addresses.join(" "));
    const same = await masker.mask("ada@example.com ".repeat(10_000), {});
    expect(same.counts).toEqual({ email: 1 });
    expect(same.restore(same.value)).toBe("ada@example.com ".repeat(10_000));
  });

  it("restores what could be markup as plain text", () => {
    const text = "password=<script>1, mail ada@example.com\r\n\u001b[31m";
    const masked = mask(text);
    expect(masked.restore(masked.value)).toBe(text);
  });
});
