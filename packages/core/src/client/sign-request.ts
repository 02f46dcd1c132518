import { randomId } from "./random-id.js";
import { signingKey, webhookSignature } from "./webhook-signature.js";

/** What {@link signRequest} takes. */
export interface SignRequestOptions {
  /** What the server's `hmacAuth` has: `whsec_` and base64, or bytes. Never in a browser: everybody could read it. */
  readonly secret: string | Uint8Array;
  /** Exactly what is sent: made again from the same object it may have other bytes. @default "" */
  readonly body?: string | Uint8Array | undefined;
  /** Names the request, in letters, digits, _ and -; the server takes each once. @default a random one */
  readonly id?: string | undefined;
  /** Wall time in milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined;
}

/** The headers that sign a request. */
export interface SignatureHeaders extends Readonly<Record<string, string>> {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

/** What {@link signedFetch} takes. */
export interface SignedFetchOptions extends Pick<SignRequestOptions, "secret" | "now"> {
  /** @default the global fetch */
  readonly fetch?: ((url: string, request: RequestInit) => Promise<Response>) | undefined;
}

/**
 * Signs a request of one server to another as Standard Webhooks has it (https://www.standardwebhooks.com).
 *
 * @throws TypeError when the secret is none.
 * @example
 * const body = JSON.stringify({ message: "What does it cost?" });
 * await fetch(url, { method: "POST", body, headers: { ...json, ...(await signRequest({ secret, body })) } });
 */
export async function signRequest(options: SignRequestOptions): Promise<SignatureHeaders> {
  const { secret, body = "", id = `msg_${randomId()}`, now = Date.now } = options;
  const timestamp = String(Math.floor(now() / 1000));
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const signature = await webhookSignature(keyOf(secret), { id, timestamp, body: bytes });
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${btoa(String.fromCharCode(...signature))}`,
  };
}

/**
 * A `fetch` that signs each request, for `createAiClient` on a server.
 *
 * @throws TypeError when the secret is none; the fetch rejects with one for a body that is neither text nor bytes.
 * @example
 * const client = createAiClient({ baseUrl: "https://app.example/api/ai", fetch: signedFetch({ secret }) });
 */
export function signedFetch(
  options: SignedFetchOptions,
): (url: string, request: RequestInit) => Promise<Response> {
  const { secret, now, fetch = globalThis.fetch } = options;
  keyOf(secret);
  return async function fetchSigned(url, request) {
    const { body } = request;
    const sent = body ?? "";
    if (typeof sent !== "string" && !(sent instanceof Uint8Array))
      throw new TypeError("signedFetch: the body must be text or bytes");
    const headers = new Headers(request.headers);
    const signature = await signRequest({ secret, body: sent, now });
    for (const [name, value] of Object.entries(signature)) headers.set(name, value);
    return fetch(url, { ...request, headers });
  };
}

function keyOf(secret: unknown): Uint8Array {
  const key = signingKey(secret);
  if (key === undefined)
    throw new TypeError("secret: must be whsec_ and at least 24 bytes in base64, or bytes");
  return key;
}
