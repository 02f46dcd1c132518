import { describe, expect, it } from "vitest";
import { hasBase58Check } from "./has-base58-check.js";
import { hasBech32Check } from "./has-bech32-check.js";
import { hasEthereumCheck } from "./has-ethereum-check.js";
import { isAbaRoutingNumber } from "./is-aba-routing-number.js";
import { isBritishDrivingLicence } from "./is-british-driving-licence.js";
import { isDate } from "./is-date.js";
import { isDeaNumber } from "./is-dea-number.js";
import { isGermanDoctorNumber } from "./is-german-doctor-number.js";
import { isGermanHealthNumber } from "./is-german-health-number.js";
import { isGermanIdCard } from "./is-german-id-card.js";
import { isHetu } from "./is-hetu.js";
import { isImei } from "./is-imei.js";
import { isItin } from "./is-itin.js";
import { isKoreanDriverLicence } from "./is-korean-driver-licence.js";
import { isKoreanResidentNumber } from "./is-korean-resident-number.js";
import { isMalaysianId } from "./is-malaysian-id.js";
import { isMbi } from "./is-mbi.js";
import { isMedicareAustralia } from "./is-medicare-australia.js";
import { isNhsNumber } from "./is-nhs-number.js";
import { isNpi } from "./is-npi.js";
import { isNric } from "./is-nric.js";
import { isPersonnummer } from "./is-personnummer.js";
import { isUsSsn } from "./is-us-ssn.js";
import { isVin } from "./is-vin.js";

type Check = (value: string) => boolean;

/** What passes, and the same with one slip. */
const table: [Check, valid: string, invalid: string][] = [
  [isNhsNumber, "9434765919", "9434765918"],
  [isNhsNumber, "4010232137", "0000000000"],
  [isItin, "912701234", "912661234"],
  [isUsSsn, "219099998", "666099998"],
  [isAbaRoutingNumber, "121000358", "121000357"],
  [isNpi, "1245319599", "3245319599"],
  [isMbi, "1EG4TE5MK73", "1EG4TE5OK73"],
  [isNric, "S0000001I", "S0000001J"],
  [isNric, "F2346401L", "G2346401L"],
  [isNric, "M1234567K", "M1234567L"],
  [isVin, "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"],
  [isDeaNumber, "BB1388568", "BB1388569"],
  [isGermanHealthNumber, "C000500021", "C000500022"],
  [isGermanIdCard, "L01X00T44", "L01X00T45"],
  [isGermanDoctorNumber, "123456601", "123456701"],
  [isPersonnummer, "8112289874", "8113289874"],
  [isPersonnummer, "198112289874", "178112289874"],
  [isKoreanResidentNumber, "9601211021413", "9613211021413"],
  [isKoreanResidentNumber, "9601211021413", "9601211021414"],
  [isKoreanResidentNumber, "2010013000000", "2009303000000"],
  [isKoreanResidentNumber, "2501014000000", "2501012000000"],
  [isKoreanDriverLicence, "112212345612", "102212345612"],
  [isMedicareAustralia, "2123456701", "2123456711"],
  [isBritishDrivingLicence, "MORGA657054SM9IJ", "MORGA673054SM9IJ"],
  [isBritishDrivingLicence, "FOX99801010AB9CD", "99999801010AB9CD"],
  [isImei, "490154203237518", "490154203237519"],
  [isMalaysianId, "880101145678", "880101005678"],
  [isHetu, "131052308T", "131052308U"],
  [isHetu, "020594X903P", "020594M903P"],
  [isDate, "20240229", "20230229"],
  [isDate, "991231", "991301"],
  [hasBase58Check, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"],
  [hasBase58Check, "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTi"],
  [
    hasBech32Check,
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
  ],
  [
    hasBech32Check,
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj1",
  ],
  [
    hasEthereumCheck,
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
  ],
];

const garbage = ["", "0", "é", "1".repeat(64), "A".repeat(64), "\n", "🙂🙂🙂", "-1", "NaN", "0x"];

describe("checks", () => {
  it.each(table)("%o takes %s, not %s", (check, valid, invalid) => {
    expect(check(valid)).toBe(true);
    expect(check(invalid)).toBe(false);
  });

  it.each([...new Set(table.map(([check]) => check))])("%o does not stumble over garbage", (check) => {
    for (const text of garbage) expect(() => check(text)).not.toThrow();
  });
});
