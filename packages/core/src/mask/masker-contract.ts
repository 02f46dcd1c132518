import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { ContractCase } from "../testing/contract-case.js";
import type { Masked, Masker } from "./masker.js";

/** Makes a masker that hides at least e-mail addresses. */
export type CreateMasker = () => Masker | Promise<Masker>;

const ada = "ada.lovelace@example.com";
const bob = "bob.hope@example.org";

async function maskWith<Value>(create: CreateMasker, value: Value): Promise<Masked<Value>> {
  return (await create()).mask(value, { tenantId: "acme" });
}

async function placeholderOf(create: CreateMasker, original: string): Promise<string> {
  return (await maskWith(create, original)).value;
}

const copyOf = <Value>(value: Value): Value => structuredClone(value);

/** What every masker promises. */
export const maskerContract: readonly ContractCase<CreateMasker>[] = [
  {
    name: "hides a value wherever it stands, and counts what it issued",
    async run(create) {
      const value = { message: `I am ${ada}.`, messages: [{ role: "user", content: bob }, { content: ada }] };
      const masked = await maskWith(create, value);
      assert(!JSON.stringify(masked.value).includes("example"), "an original is still there");
      assert.equal(masked.value.messages[0]?.role, "user");
      assert.equal(
        Object.values(masked.counts).reduce((sum, count) => sum + count, 0),
        2,
      );
    },
  },
  {
    name: "leaves the value it was given alone",
    async run(create) {
      const value = { message: ada, list: [bob, { nested: ada }], count: 3, nothing: null };
      const before = copyOf(value);
      const masked = await maskWith(create, value);
      assert.notDeepEqual(masked.value, before);
      assert.deepEqual(value, before);
    },
  },
  {
    name: "gives the same value the same placeholder, and no two values one",
    async run(create) {
      const { value } = await maskWith(create, [ada, bob, ada]);
      assert.equal(value[0], value[2]);
      assert.notEqual(value[0], value[1]);
    },
  },
  {
    name: "restores every string of any value, exactly",
    async run(create) {
      const text = `Write to ${ada}, ${bob},${ada}; and (${bob})`;
      const masked = await maskWith(create, { text });
      const reply = { lines: [masked.value.text, "nothing here"], again: { text: masked.value.text } };
      assert.deepEqual(masked.restore(reply), { lines: [text, "nothing here"], again: { text } });
    },
  },
  {
    name: "hides what stands in a key, and gives it back; the name of a field stays",
    async run(create) {
      const value = { [ada]: { opened: true }, list: [{ [bob]: ada }] };
      const masked = await maskWith(create, value);
      assert(!JSON.stringify(masked.value).includes("example"), "an original is still there");
      assert.equal(masked.value.list.length, 1);
      assert.deepEqual(masked.restore(masked.value), value);
    },
  },
  {
    name: "restores a stream the same at every split point",
    async run(create) {
      const text = `[${ada}] and \\${bob}[ [x] [EMAIL_`;
      const masked = await maskWith(create, text);
      const whole = masked.restore(masked.value);
      assert.equal(whole, text);
      for (let split = 0; split <= masked.value.length; split += 1) {
        const restorer = masked.restorer();
        const parts = [masked.value.slice(0, split), masked.value.slice(split)].map((part) =>
          restorer.push(part),
        );
        assert.equal(parts.join("") + restorer.end(), whole, `split at ${split}`);
      }
    },
  },
  {
    name: "restores JSON so that it stays JSON, whole and at every split point",
    async run(create) {
      const key = "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END PRIVATE KEY-----";
      const value = { password: 'a"b\\c', to: `"${ada}"\n`, cc: `\\${bob}[ [EMAIL_`, text: key };
      const masked = await maskWith(create, value);
      const json = JSON.stringify(masked.value);
      for (const written of [json, json.replaceAll("_", "\\u005f").replaceAll("]", "\\u005D")]) {
        const whole = masked.restoreJson(written);
        assert.deepEqual(JSON.parse(whole), value);
        for (let split = 0; split <= written.length; split += 1) {
          const restorer = masked.jsonRestorer();
          const parts = [written.slice(0, split), written.slice(split)].map((part) => restorer.push(part));
          assert.equal(parts.join("") + restorer.end(), whole, `split at ${split}`);
        }
      }
    },
  },
  {
    name: "shows text in a stream as soon as it can't be a placeholder",
    async run(create) {
      const restorer = (await maskWith(create, ada)).restorer();
      assert.equal(restorer.push("See [the docs"), "See [the docs");
    },
  },
  {
    name: "restores nothing that was not issued in this call",
    async run(create) {
      const foreign = await placeholderOf(create, bob);
      const masked = await maskWith(create, ada);
      const invented = masked.value.replace(/\d(?=\D*$)/, "9");
      assert.notEqual(invented, masked.value);
      assert.equal(masked.restore(invented), invented);
      if (foreign !== masked.value) assert.equal(masked.restore(foreign), foreign);
    },
  },
  {
    name: "hands back text that reads like a placeholder unchanged",
    async run(create) {
      const text = `${await placeholderOf(create, bob)} is not ${ada}`;
      const masked = await maskWith(create, text);
      assert.equal(masked.restore(masked.value), text);
      const lower = text.toLowerCase();
      const maskedLower = await maskWith(create, lower);
      assert.equal(maskedLower.restore(maskedLower.value), lower);
    },
  },
  {
    name: "never prints an original",
    async run(create) {
      const masked = await maskWith(create, { message: ada });
      const printed = [
        JSON.stringify(masked),
        inspect(masked, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
        inspect(masked.restorer(), { depth: Number.POSITIVE_INFINITY, showHidden: true }),
        String(masked),
      ];
      for (const text of printed) assert(!text.includes("lovelace"), text);
    },
  },
  {
    name: "takes a clean value, and one with nothing in it, as it is",
    async run(create) {
      for (const value of [{ message: "How do I connect Slack?" }, "", null, 7, [], {}]) {
        const masked = await maskWith(create, value);
        assert.deepEqual(masked.value, value);
        assert.deepEqual(masked.counts, {});
        assert.equal(masked.restore("[x]"), "[x]");
      }
    },
  },
  {
    name: "masks below a __proto__ key without touching a prototype",
    async run(create) {
      const value: unknown = JSON.parse(`{ "__proto__": { "polluted": "${ada}" } }`);
      const masked = await maskWith(create, value);
      assert.equal(({} as { polluted?: string }).polluted, undefined);
      assert.equal(Object.getPrototypeOf(masked.value), Object.prototype);
      assert(!JSON.stringify(masked.value).includes("lovelace"));
    },
  },
];
