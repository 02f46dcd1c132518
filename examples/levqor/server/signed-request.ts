import { createHmac, timingSafeEqual } from "node:crypto";
import { GatewayError } from "@levqor/core";

/** What a signed request brings: the three headers and the body exactly as it was sent. */
export interface SignedRequest {
  /** `webhook-id`: unique per request. */
  readonly id: string | undefined;
  /** `webhook-timestamp`: seconds since the epoch. */
  readonly timestamp: string | undefined;
  /** `webhook-signature`: one or more of `v1,<base64>`, separated by spaces. */
  readonly signature: string | undefined;
  readonly body: Uint8Array;
}

/** Checks requests signed as the Standard Webhooks specification says (https://www.standardwebhooks.com). */
export interface SignedRequests {
  /** @throws `unauthenticated` when the signature is wrong, the time is off, or the request was seen before. */
  verify(request: SignedRequest): void;
}

/** What {@link createSignedRequests} takes. */
export interface SignedRequestsOptions {
  /** Accepted secrets: two while one replaces the other. */
  readonly secrets: readonly Uint8Array[];
  /** How far a sender's clock may be off, seconds. @default 300 */
  readonly toleranceSeconds?: number | undefined;
  /** Wall time in milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined;
}

const mostSignatures = 8;
const mostRemembered = 100_000;
const signaturePattern = /^v1,([A-Za-z0-9+/]{43}=)$/;

/** A verifier that remembers, in this process, the requests it has admitted. */
export function createSignedRequests(options: SignedRequestsOptions): SignedRequests {
  const { secrets, toleranceSeconds = 300, now = Date.now } = options;
  const expiryById = new Map<string, number>();
  return {
    verify({ id, timestamp, signature, body }) {
      if (id === undefined || !/^[\w.-]{1,128}$/.test(id))
        throw refused("webhook-id is missing or malformed");
      if (timestamp === undefined || !/^\d{1,15}$/.test(timestamp))
        throw refused("webhook-timestamp is missing or malformed");
      const nowSeconds = now() / 1000;
      const sentSeconds = Number(timestamp);
      if (Math.abs(nowSeconds - sentSeconds) > toleranceSeconds) {
        throw refused(`webhook-timestamp is more than ${toleranceSeconds} seconds off`);
      }
      const candidates = signatureBytes(signature ?? "");
      const expected = secrets.map((secret) =>
        createHmac("sha256", secret).update(`${id}.${timestamp}.`).update(body).digest(),
      );
      if (!expected.some((one) => candidates.some((other) => timingSafeEqual(one, other)))) {
        throw refused("webhook-signature does not match");
      }
      for (const [seen, expiry] of expiryById) {
        if (expiry > nowSeconds) break;
        expiryById.delete(seen);
      }
      if (expiryById.has(id)) throw refused("this webhook-id was used before");
      if (expiryById.size >= mostRemembered)
        throw refused("too many signed requests; try again in some minutes");
      expiryById.set(id, nowSeconds + 2 * toleranceSeconds);
    },
  };
}

function signatureBytes(header: string): Uint8Array[] {
  return header
    .split(" ", mostSignatures)
    .map((part) => signaturePattern.exec(part)?.[1])
    .filter((base64) => base64 !== undefined)
    .map((base64) => Buffer.from(base64, "base64"));
}

function refused(reason: string): GatewayError<"unauthenticated"> {
  return new GatewayError("unauthenticated", `The signed request was refused: ${reason}.`);
}
