import { describe, expect, it } from "vitest";
import type { MaskType } from "../mask-type.js";
import { foundValues } from "./found-values.test-support.js";

/** Told by shape and check, whatever stands around them. */
const anywhere: [MaskType, string][] = [
  ["us_ssn", "219-09-9998"],
  ["tax_id", "912-70-1234"],
  ["health_id", "1EG4-TE5-MK73"],
  ["national_id", "529.982.247-25"],
  ["tax_id", "11.222.333/0001-81"],
  ["national_id", "BOXW310820HNERXN09"],
  ["national_id", "12.345.678-5"],
  ["national_id", "AB123456C"],
  ["national_id", "AB 12 34 56 C"],
  ["health_id", "943 476 5919"],
  ["driver_licence", "MORGA657054SM9IJ"],
  ["tax_id", "DE136695976"],
  ["tax_id", "DE 136 695 976"],
  ["national_id", "15070649C103"],
  ["national_id", "756.9217.0769.85"],
  ["national_id", "12345678Z"],
  ["national_id", "X1234567L"],
  ["tax_id", "RSSMRA85T10A562S"],
  ["national_id", "85.07.30-033.28"],
  ["national_id", "811228-9874"],
  ["national_id", "131052-308T"],
  ["national_id", "3998 7654 3211"],
  ["tax_id", "ABBPM4567S"],
  ["national_id", "S0000001I"],
  ["national_id", "960121-1021413"],
  ["driver_licence", "11-22-123456-12"],
  ["national_id", "11010519491231002X"],
  ["tax_id", "51 824 753 556"],
  ["health_id", "2123 45670 1"],
  ["device_id", "49-015420-323751-8"],
];

/** Told by their check when they are the whole text, or by a word beside them. */
const beside: [MaskType, string, string][] = [
  ["us_ssn", "219099998", "my social security number is"],
  ["health_id", "1245319599", "NPI"],
  ["bank_account", "061000104", "routing number"],
  ["national_id", "258 933 688", "mon NAS:"],
  ["tax_id", "98765432106", "Meine Steuer-ID ist"],
  ["tax_id", "123/456/78901", "Steuernummer"],
  ["health_id", "987654401", "Arztnummer"],
  ["health_id", "9434765919", "NHS number:"],
  ["bank_account", "20-00-00", "sort code"],
  ["national_id", "111222333", "BSN:"],
  ["national_id", "44051401458", "PESEL"],
  ["national_id", "10000000146", "TC kimlik no"],
  ["national_id", "9202201234088", "RSA ID:"],
  ["national_id", "DBJ2289013", "my voter card"],
  ["tax_id", "123456782", "TFN"],
  ["device_id", "490154203237518", "IMEI"],
  ["vehicle_id", "1M8GDM9AXKP042788", "VIN"],
];

/** One character changed: the check fails. */
const invalid: [MaskType, string][] = [
  ["us_ssn", "000-12-3456, 666-12-3456, 912-12-3456, 123-00-4567, 123-45-0000, 1123-45-6789, 123-45-6789-1"],
  ["tax_id", "my tax id 911-89-1234"],
  ["health_id", "12G4-TE5-MK73, 1EG4-ZE5-MK73, NHS 943 476 5918, NPI 1245319598"],
  ["national_id", "529.982.247-26, BG123456C, 12345678A, X1234567M, 131052-308U, 3998 7654 3212, S0000001J"],
  ["national_id", "11010519491231002Y, 960321-0021413, 811228-9875, 85.07.30-033.29, 756.9217.0769.84"],
  ["tax_id", "DE136695975, 51 824 753 557, 11.222.333/0001-82, RSSMRA85T10A562T, ABBXM4567S"],
  ["device_id", "IMEI 490154203237519"],
  ["vehicle_id", "VIN 1M8GDM9AXKP042789"],
  ["driver_licence", "MORGA699054SM9IJ, 11-22-123456-123"],
];

const clean = [
  "Order 4155550132 of 2024-11-21 10:15:30, invoice INV-2024-000123, EUR 1.234.567,89, 12 345 678 km",
  "commit 9fceb02d0ae598e95dc970b74767f19372d61af8, 9fceb02, v1.2.3-beta.4, node 20.19.0, 0x1F600",
  "550e8400-e29b-41d4-a716-446655440000 1732183474000 1732183474 ISBN 978-3-16-148410-0",
  "const x = 0b10101; a[123456789] = 123456789; width: 1024px; #ff00aa; 1e10; 192.168.0.1:8080",
  "rows: 123456789 234567891 345678912 456789123 567891234 678912345",
  "https://example.com/products/12345678901/items/9434765919?id=98765432106",
];

describe("numbers of people", () => {
  it.each(anywhere)("%s %s in a sentence", (type, value) => {
    expect(foundValues(type, `It says ${value}, I think.`)).toEqual([value]);
    expect(foundValues(type, `x${value}`)).toEqual([]);
  });

  it.each(beside)("%s %s beside its word", (type, value, words) => {
    expect(foundValues(type, `Hello, ${words} ${value}.`)).toEqual([value]);
    expect(foundValues(type, `Hello, item ${value}.`)).toEqual([]);
  });

  it.each(beside)("%s %s under its key", (type, value, words) => {
    expect(foundValues(type, value, ["form", words.replace(/\W+/g, "_")])).toEqual([value]);
    expect(foundValues(type, value, ["item", "sku"])).toEqual([]);
  });

  it.each(invalid)("no %s in %s", (type, text) => {
    expect(foundValues(type, text)).toEqual([]);
  });

  it.each(clean)("nothing in %s", (text) => {
    const types = ["us_ssn", "tax_id", "national_id", "health_id", "bank_account", "driver_licence"] as const;
    expect(types.flatMap((type) => foundValues(type, text))).toEqual([]);
  });

  it("takes the whole of a text for an answer, unless a key says otherwise", () => {
    expect(foundValues("national_id", "79059236630")).toEqual(["79059236630"]);
    expect(foundValues("national_id", "79059236630", ["messages", 0, "content"])).toEqual(["79059236630"]);
    expect(foundValues("national_id", "79059236630", ["order_id"])).toEqual([]);
  });
});
