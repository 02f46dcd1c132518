import { keccak_256 } from "@noble/hashes/sha3";

/** Whether the letter case of an Ethereum address fits its check (EIP-55). One case throughout carries none. */
export function hasEthereumCheck(address: string): boolean {
  const digits = address.slice(2);
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return true;
  const hash = keccak_256(lower);
  return [...digits].every((character, index) => {
    const nibble = ((hash[index >> 1] ?? 0) >> (index % 2 === 0 ? 4 : 0)) & 15;
    return character === (nibble > 7 ? character.toUpperCase() : character.toLowerCase());
  });
}
