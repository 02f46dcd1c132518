/** What a signature covers. */
export interface SignedParts {
  readonly id: string;
  /** Seconds since the epoch, as the header has it. */
  readonly timestamp: string;
  /** The body's bytes as they are sent. */
  readonly body: Uint8Array;
}

/** Fewest bytes of a secret, as Standard Webhooks asks for. */
const fewestSecretBytes = 24;

/** A secret's bytes; it is `whsec_` and base64, or the bytes themselves. Nothing when it is neither, or too short. */
export function signingKey(secret: unknown): Uint8Array | undefined {
  const bytes = typeof secret === "string" ? decodeSecret(secret) : secret;
  return bytes instanceof Uint8Array && bytes.length >= fewestSecretBytes ? bytes : undefined;
}

function decodeSecret(secret: string): Uint8Array | undefined {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  try {
    return base64 === undefined ? undefined : bytesOfBase64(base64);
  } catch {
    return undefined;
  }
}

/** @throws `InvalidCharacterError` for a text that is no base64. */
export const bytesOfBase64 = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** HMAC-SHA-256 over `id.timestamp.body`, as Standard Webhooks has it. */
export async function webhookSignature(
  key: Uint8Array,
  { id, timestamp, body }: SignedParts,
): Promise<Uint8Array> {
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(head.length + body.length);
  signed.set(head);
  signed.set(body, head.length);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", new Uint8Array(key), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, signed));
}
