import { createHmac, timingSafeEqual } from "node:crypto";
import { GatewayError } from "@levqor/core";
import { memoryReplayStore, type ReplayStore } from "@levqor/core/http";

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
  /**
   * @throws `unauthenticated` when the signature is wrong, the time is off, or the request was seen before;
   * `store_unavailable` when that can't be told.
   */
  verify(request: SignedRequest): Promise<void>;
}

/** What {@link createSignedRequests} takes. */
export interface SignedRequestsOptions {
  /** Accepted secrets: two while one replaces the other. */
  readonly secrets: readonly Uint8Array[];
  /** How far a sender's clock may be off, seconds. @default 300 */
  readonly toleranceSeconds?: number | undefined;
  /** Remembers the ids of admitted requests. @default memoryReplayStore(): those of this process */
  readonly replayStore?: ReplayStore | undefined;
  /** Wall time in milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined;
}

const mostSignatures = 8;
const signaturePattern = /^v1,([A-Za-z0-9+/]{43}=)$/;

/** A verifier that admits each request once. */
export function createSignedRequests(options: SignedRequestsOptions): SignedRequests {
  const { secrets, toleranceSeconds = 300, replayStore = memoryReplayStore(), now = Date.now } = options;
  return {
    async verify({ id, timestamp, signature, body }) {
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
      // Until its time is too old whatever the sender's clock says.
      const isFirst = await replayStore.claim(id, 2 * toleranceSeconds * 1000);
      if (!isFirst) throw refused("this webhook-id was used before");
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
