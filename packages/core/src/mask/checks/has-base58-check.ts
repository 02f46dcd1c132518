import { sha256 } from "@noble/hashes/sha2";

const bitcoin = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const ripple = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
const length = 25;
const checkLength = 4;

/** Whether an address of 25 bytes in Base58 ends with the check of what it says (Bitcoin and its kin, Ripple). */
export function hasBase58Check(address: string): boolean {
  const bytes = decode(address, address.startsWith("r") ? ripple : bitcoin);
  if (bytes === undefined) return false;
  const check = sha256(sha256(bytes.subarray(0, length - checkLength)));
  return bytes.subarray(length - checkLength).every((byte, index) => byte === check[index]);
}

function decode(address: string, alphabet: string): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  for (const character of address) {
    let carry = alphabet.indexOf(character);
    if (carry < 0) return undefined;
    for (let index = length - 1; index >= 0; index -= 1) {
      carry += (bytes[index] ?? 0) * 58;
      bytes[index] = carry & 255;
      carry >>= 8;
    }
    if (carry > 0) return undefined;
  }
  return bytes;
}
