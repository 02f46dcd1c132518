/** A new id that nobody can guess: whoever knows it may take up the stream, or be in the conversation, that it names. */
export function randomId(): string {
  const crypto: Partial<typeof globalThis.crypto> | undefined = globalThis.crypto;
  // A page on plain http has no randomUUID.
  if (crypto?.randomUUID) return crypto.randomUUID();
  // React Native has no crypto at all.
  const bytes = Uint8Array.from({ length: 16 }, () => Math.random() * 256);
  crypto?.getRandomValues?.(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
