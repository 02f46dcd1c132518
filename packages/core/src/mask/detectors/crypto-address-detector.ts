import { hasBase58Check } from "../checks/has-base58-check.js";
import { hasBech32Check } from "../checks/has-bech32-check.js";
import { hasEthereumCheck } from "../checks/has-ethereum-check.js";
import type { Detection, Detector } from "./detector.js";
import { hasDigit } from "./digit-clues.js";
import { numberGroups } from "./number-groups.js";

/** First characters by network: Bitcoin 1, 3, m, n, 2; Litecoin L, M; Dogecoin D, 9, A; Tron T; Dash X; Ripple r. */
const base58 = /^[123mnLMDA9TXr][1-9A-HJ-NP-Za-km-z]{25,34}$/;
const bech32 = /^(?:bc|tb|bcrt|ltc|addr|cosmos)1[a-z0-9]{38,100}$/;
const ethereum = /^0x[\da-fA-F]{40}$/;
const minLength = 26;
const maxLength = 110;

/** Addresses of cryptocurrencies whose check fits: Bitcoin and its kin, Ripple, Tron, Ethereum, Cardano. */
export const cryptoAddressDetector: Detector = {
  type: "crypto_address",
  needs: hasDigit,
  find(subject) {
    const found: Detection[] = [];
    for (const { start, end } of subject.once(numberGroups)) {
      if (end - start < minLength || end - start > maxLength) continue;
      const score = scoreOf(subject.text.slice(start, end));
      if (score > 0) found.push({ start, end, score, why: ["pattern", "checksum"] });
    }
    return found;
  },
};

function scoreOf(word: string): number {
  if (base58.test(word)) return hasBase58Check(word) ? 0.95 : 0;
  if (bech32.test(word)) return hasBech32Check(word) ? 0.95 : 0;
  return ethereum.test(word) && hasEthereumCheck(word) ? 0.8 : 0;
}
