import { describe, expect, it } from "vitest";
import type { MaskType } from "../mask-type.js";
import { foundValues } from "./found-values.test-support.js";

const hits: [MaskType, string, string[]][] = [
  ["phone", "o llama al 612 34 56 78", ["612 34 56 78"]],
  ["phone", "host/10.0.0.5 called 07700 900123", ["07700 900123"]],
  ["ip_address", "host/10.0.0.5:80", ["10.0.0.5"]],
  ["date_of_birth", "geboortedatum 21-09-1999", ["21-09-1999"]],
  ["person", "Patient: Maria Gonzalez, admitted today", ["Maria Gonzalez"]],
  ["address", "Rua Augusta 200, 1100-053 Lisboa", ["Rua Augusta 200, 1100-053 Lisboa"]],
  ["secret", "My password is Tr0ub4dor&3, don't tell", ["Tr0ub4dor&3"]],
  ["secret", "?password=Tr0ub4dor&user=ada", ["Tr0ub4dor"]],
  ["secret", "your verification code is 904 112", ["904 112"]],
  ["bank_account", "Kontonr. 1234 56 78903", ["1234 56 78903"]],
  ["tax_id", "IdNr 86 095 742 719, KvK 12345678", ["86 095 742 719", "12345678"]],
  ["vehicle_id", "chassis number WVWZZZ1JZXW000001", ["WVWZZZ1JZXW000001"]],
  ["person", "Mit freundlichen Grüßen\nSabine Krüger", ["Sabine Krüger"]],
  ["secret", "SECRET_KEY_BASE='0f1e2d3c4b5a69788796a5b4c3d2e1f0'", ["0f1e2d3c4b5a69788796a5b4c3d2e1f0"]],
  ["credit_card", "4242·4242·4242·4242", ["4242·4242·4242·4242"]],
  ["bank_account", "Konto 532013000, BLZ 37040044", ["532013000", "37040044"]],
  ["phone", "They're not answering at 78 651 450", ["78 651 450"]],
  ["phone", "Phone: (37) 788-063", ["(37) 788-063"]],
  ["phone", "Mobile: 432 03 163\nOrder: 432 03 164", ["432 03 163"]],
  ["phone", "reach me by cell 4155550132", ["4155550132"]],
  ["phone", "09611234567", ["09611234567"]],
  ["phone", "(11) 91234-5678 and 138-1234-5678", ["(11) 91234-5678", "138-1234-5678"]],
  ["passport", "with passport no. AB1234567.", ["AB1234567"]],
  ["bank_account", "BIC: DEUTDEFF500, SWIFT code NEDSZAJJ", ["DEUTDEFF500", "NEDSZAJJ"]],
  ["passport", "His passport number is XG9382049, valid", ["XG9382049"]],
  ["passport", "Mi pasaporte es AAA123456", ["AAA123456"]],
  ["passport", "aaa123456 es mi número de pasaporte", ["aaa123456"]],
  ["driver_licence", "my DrIvEr LiCeNsE is: 7774567901234", ["7774567901234"]],
  ["bank_account", "using account number 76983425K, he", ["76983425K"]],
  ["bank_account", "account ••76812.If not, call", ["76812"]],
  ["health_id", "Medical file #MXC-438220 and insurance number 77422-AZC", ["#MXC-438220", "77422-AZC"]],
  ["national_id", "Voter ID 'VOTER7890123456'", ["VOTER7890123456"]],
  ["tax_id", "form showed TIN 10-4938120 for", ["10-4938120"]],
  ["secret", "the CVV is 123 and the PIN code 4821", ["123", "4821"]],
  ["date_of_birth", "born on 12 March 1985 in", ["12 March 1985"]],
  ["date_of_birth", "DOB: 03/04/1990", ["03/04/1990"]],
  ["date_of_birth", "Date of birth:\n  31.12.1980\nIssued:\n  01.02.2020", ["31.12.1980"]],
  ["date_of_birth", "geboren am 3.4.1990", ["3.4.1990"]],
  ["person", "My name is Ruth R. Montez.", ["Ruth R. Montez"]],
  ["person", "Name: Chise T. Horiguchi\nPhone: 1", ["Chise T. Horiguchi"]],
  ["person", "Ich heiße Jürgen von der Lippe, hallo", ["Jürgen von der Lippe"]],
  ["person", "ask Dr. O'Neil or Mrs. Smith-Jones", ["O'Neil", "Smith-Jones"]],
  ["person", "Hi Freddy, how are you?", ["Freddy"]],
  ["person", "Best regards,\nAda Lovelace\n", ["Ada Lovelace"]],
  ["address", "at 221B Baker Street, London NW1 6XE now", ["221B Baker Street, London NW1 6XE"]],
  [
    "address",
    "1600 Amphitheatre Pkwy, Mountain View, CA 94043.",
    ["1600 Amphitheatre Pkwy, Mountain View, CA 94043"],
  ],
  ["address", "wohnt Hauptstraße 12, 10115 Berlin", ["Hauptstraße 12, 10115 Berlin"]],
  ["address", "au 12 rue de la Paix, 75002 Paris", ["12 rue de la Paix, 75002 Paris"]],
  ["address", "en Calle Mayor 5, 28013 Madrid", ["Calle Mayor 5, 28013 Madrid"]],
  ["address", "Via dei Fiorentini 17 street", ["Via dei Fiorentini 17"]],
  ["address", "to PSC 3294, Box 9168\nAPO AA 61487 please", ["PSC 3294, Box 9168\nAPO AA 61487"]],
  ["address", "PLZ 80331", ["80331"]],
  ["address", "postcode EC2A 1NT please", ["EC2A 1NT"]],
  ["crypto_address", "to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa.", ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]],
  [
    "crypto_address",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
  ],
  [
    "crypto_address",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
  ],
];

const misses: [MaskType, string][] = [
  ["phone", "UPS 1Z 999 AA1 01 2345 6784, 000-12-3456"],
  ["phone", "numbers 100 200 300 are fine, number 12 345 678 in the queue"],
  ["health_id", "policy: 2024-01 update"],
  ["ip_address", "firmware 1.0.0.142"],
  ["person", "Name: Node.js Developer, Mr. Smith_id"],
  ["secret", "token_type: Bearer, key_value: string, secret_id = name"],
  ["ip_address", "Chrome/122.0.0.0 on 0.0.0.0:3000 and 127.0.0.1"],
  ["person", "Patient: Please wait for the doctor, Contact: Sales Team of the region"],
  [
    "phone",
    "order 78 651 450, 12 345 678 rows, BigNumber(123.4567), <Buffer 01 02 03 04 05 06>, 2024-11-21 10:15",
  ],
  ["bank_account", "SWIFT UI, a BIC is REQUIRED here"],
  ["phone", "call the function with 100 200 300, reach 1 000 000 users, open 1998-2004, f(12) 345"],
  ["phone", "call stack 1.2.3, 1732183474, phones sold: 2024-11-21"],
  ["passport", "The passport is ready. Order 1234567 ships; passport office, room 1234567"],
  ["bank_account", "accounts: 12,000 users; the account was closed in 2023-04-05"],
  ["driver_licence", "MIT license, version 12345; license-2024.txt"],
  ["date_of_birth", "stubborn 2024-11-21, born in Berlin\n2024-11-21"],
  ["date_of_birth", "born in 1985; released on 2024-11-21; birthday party"],
  [
    "person",
    "my name is not important. Name: string, Hello World, Dear Sir or Madam, Hi team, I am Happy, This is Great",
  ],
  ["person", "name: react-router, the customer is King, I'm Sure. User Guide, Dr. 5"],
  ["address", "5 Ways to cook, 12 Monkeys, Node 20, version 3 Close, drive 5, 100 Best places"],
  ["address", "zip file of 12345 bytes in 2024; the code 80331"],
  ["crypto_address", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb, 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"],
  ["crypto_address", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5, 9fceb02d0ae598e95dc970b74767f19372d61af8"],
];

describe("values that the words beside them give away", () => {
  it.each(hits)("%s in %j", (type, text, values) => {
    expect(foundValues(type, text)).toEqual(values);
  });

  it.each(misses)("no %s in %j", (type, text) => {
    expect(foundValues(type, text)).toEqual([]);
  });

  it("or the key they stand under", () => {
    expect(foundValues("person", "Ada Lovelace", ["customer", "name"])).toEqual(["Ada Lovelace"]);
    expect(foundValues("person", "Ada", ["first_name"])).toEqual(["Ada"]);
    expect(foundValues("person", "get_weather", ["tools", 0, "name"])).toEqual([]);
    expect(foundValues("date_of_birth", "1990-04-03", ["dateOfBirth"])).toEqual(["1990-04-03"]);
    expect(foundValues("date_of_birth", "1990-04-03", ["createdAt"])).toEqual([]);
    expect(foundValues("address", "94043", ["zipCode"])).toEqual(["94043"]);
    expect(foundValues("address", "Sütő utca 7, Budapest", ["shippingAddress"])).toEqual([
      "Sütő utca 7, Budapest",
    ]);
    expect(foundValues("address", "0x5aAeb6053F3E94C9b9A09f33669435E7", ["title"])).toEqual([]);
    expect(foundValues("address", "10.0.0.1:80", ["address"])).toEqual([]);
    expect(foundValues("passport", "AB1234567", ["traveller", "passportNumber"])).toEqual(["AB1234567"]);
    expect(foundValues("passport", "AB1234567", ["traveller", "seat"])).toEqual([]);
    expect(foundValues("bank_account", "12345678", ["account_no"])).toEqual(["12345678"]);
    expect(foundValues("phone", "4155550132", ["contact", "phone"])).toEqual(["4155550132"]);
  });
});
