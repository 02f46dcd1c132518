import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectionSubject } from "../detection-subject.js";
import { hostileSeeds } from "../hostile-seeds.test-support.js";
import { allDetectors } from "./all-detectors.js";

/** What each detector finds, so that texts of pieces of it come close to what it needs. */
const values = [
  "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n",
  "postgres://app:hunter2@db.example.com",
  "ada@example.com",
  "GB29NWBK60161331926819",
  "BIC DEUTDEFF",
  "SWIFT: DEUTDEFF",
  "4111 1111 1111 1111",
  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
  "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
  "219-09-9998",
  "passport number is AB1234567",
  "203.0.113.7",
  "fe80::a1",
  "+1 903 240",
  "+1903240",
  "(0711) 12345",
  "call me at 78 651 450",
  "dob 1/2/90",
  "born on 3 jan 1990",
  "12 High Street",
  "zip 94105",
  "Postfach 1",
];
const paths = [[], ["ssn"], ["address"], ["zip"], ["phone"], ["birthday"], ["passport"]];

const piece = fc.oneof(
  fc.constantFrom(...hostileSeeds, ...values, " ", "\n"),
  fc
    .tuple(fc.constantFrom(...values), fc.nat(30), fc.nat(30))
    .map(([value, from, to]) => value.slice(from, to)),
);
const texts = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(""));

describe("what a detector needs", () => {
  it("stands in each text in which it finds something, whatever the key", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...paths), (text, path) => {
        for (const { type, needs, find } of allDetectors) {
          const found = needs?.(text) === false ? [...find(detectionSubject(text, path))] : [];
          expect(found, type).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is lacking in plain words, for most detectors", () => {
    const asked = allDetectors.filter(({ needs }) => needs?.("Thank you, and see you soon!") !== false);
    expect(asked.map(({ type }) => type)).toEqual(["secret", "secret", "mac_address", "person"]);
  });
});
