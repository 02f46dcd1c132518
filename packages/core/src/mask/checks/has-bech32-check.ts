const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const bech32 = 1;
const bech32m = 0x2bc830a3;

/** Whether an address in lower case ends with the check of Bech32 (BIP 173) or Bech32m (BIP 350). */
export function hasBech32Check(address: string): boolean {
  const one = address.lastIndexOf("1");
  const prefix = [...address.slice(0, one)].map((character) => character.charCodeAt(0));
  const data = [...address.slice(one + 1)].map((character) => alphabet.indexOf(character));
  if (one < 1 || data.length < 6 || data.includes(-1)) return false;
  const sum = checkSum([...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data]);
  // Bitcoin's first version of scripts has the older check, all others the newer.
  return (
    sum === (/^(?:bc|tb|bcrt|ltc|tltc)$/.test(address.slice(0, one)) && data[0] !== 0 ? bech32m : bech32)
  );
}

function checkSum(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of generators.entries()) if ((top >> bit) & 1) sum ^= generator;
  }
  return sum;
}
