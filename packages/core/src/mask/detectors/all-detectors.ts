import { addressDetector } from "./address-detector.js";
import { assignedSecretDetector } from "./assigned-secret-detector.js";
import { bicDetector } from "./bic-detector.js";
import { birthDateDetector } from "./birth-date-detector.js";
import { creditCardDetector } from "./credit-card-detector.js";
import { cryptoAddressDetector } from "./crypto-address-detector.js";
import type { Detector } from "./detector.js";
import { emailDetector } from "./email-detector.js";
import { ibanDetector } from "./iban-detector.js";
import { idNumberDetectors } from "./id-number-detectors.js";
import { ipAddressDetector } from "./ip-address-detector.js";
import { labelledNumberDetectors } from "./labelled-number-detectors.js";
import { macAddressDetector } from "./mac-address-detector.js";
import { personDetector } from "./person-detector.js";
import { phoneDetector } from "./phone-detector.js";
import { privateKeyDetector } from "./private-key-detector.js";
import { spokenPhoneDetector } from "./spoken-phone-detector.js";
import { tokenDetector } from "./token-detector.js";
import { urlPasswordDetector } from "./url-password-detector.js";

/** Every built-in detector; of two finds of the same length the earlier detector's type counts. */
export const allDetectors: readonly Detector[] = [
  privateKeyDetector,
  tokenDetector,
  urlPasswordDetector,
  assignedSecretDetector,
  emailDetector,
  ibanDetector,
  bicDetector,
  creditCardDetector,
  cryptoAddressDetector,
  ...idNumberDetectors,
  ...labelledNumberDetectors,
  macAddressDetector,
  ipAddressDetector,
  phoneDetector,
  spokenPhoneDetector,
  birthDateDetector,
  addressDetector,
  personDetector,
];
