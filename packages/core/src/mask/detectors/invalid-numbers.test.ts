import { describe, expect, it } from "vitest";
import { maskTypes } from "../mask-type.js";
import { foundValues } from "./found-values.test-support.js";

/** Each is of one type and fails its check: no other type may take it, nor a piece of it. */
const invalid = [
  "VG46H07Y0223060094359858", // mod 97 fits, but the registry has letters at the bank's place
  "IE64 1234 9311 5212 3456 78",
  "IBAN: DE89370400440532013001",
  "my credit card number is 4012-8888-8888-1882",
  "Aadhaar 3998 7654 3212",
  "DNI: 12345678A",
  "el NIF es 12345678-A",
  "codice fiscale RSSMRA85T10A562T",
  "partita IVA 12345678901",
  "BSN: 111222334",
  "760413-1212134",
  "943 476 5918 NHS",
  "SIN 046 454 287",
  "111.111.111-11",
  "NIR 2 69 05 49 588 157 81",
  "rijksregisternummer 04.07.30-033.29",
  "040884-6849", // like a personal number of Sweden, Denmark or Finland
  "086202/6225 is no rodné číslo",
  "846-202-28-07",
  "52 046 753 557",
  "601100000004", // a sum of digits that every tenth number has
];

describe("numbers that fail their check", () => {
  it.each(invalid)("%s is nothing else", (text) => {
    expect(maskTypes.flatMap((type) => foundValues(type, text).map((value) => `${type} ${value}`))).toEqual(
      [],
    );
  });

  it("but phones that look alike are phones", () => {
    expect(foundValues("phone", "03301/202625")).toEqual(["03301/202625"]);
    expect(foundValues("phone", "040884-6849 is my phone")).toEqual(["040884-6849"]);
    expect(foundValues("phone", "NHS phone 943 476 5918")).toEqual(["943 476 5918"]);
    expect(foundValues("phone", "532-123-45-67")).toEqual(["532-123-45-67"]);
    expect(foundValues("phone", "Room 12: 030 1234567, 030 7654321")).toEqual(["030 1234567", "030 7654321"]);
  });

  it("short card numbers need their word or groups", () => {
    expect(foundValues("credit_card", "limit for card 501864667909?")).toEqual(["501864667909"]);
    expect(foundValues("credit_card", "5018 6466 7909")).toEqual(["5018 6466 7909"]);
    expect(foundValues("credit_card", "order 501864667909")).toEqual([]);
  });

  it("numbers without a check under a name that others share", () => {
    expect(foundValues("national_id", "su DNI es 30.123.456")).toEqual(["30.123.456"]);
    expect(foundValues("national_id", "30.123.456 habitantes")).toEqual([]);
    expect(foundValues("national_id", "RRN 760413-1212134")).toEqual(["760413-1212134"]);
    expect(foundValues("national_id", "CPR 010107-1112")).toEqual(["010107-1112"]);
  });
});
