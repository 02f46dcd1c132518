import { type Caller, GatewayError } from "@levqor/core";
import express, { type Request, type RequestHandler } from "express";
import type { Sessions } from "./session.js";
import type { SessionCookie } from "./session-cookie.js";
import type { SignedRequests } from "./signed-request.js";

/** What {@link createIdentify} needs. */
export interface Identification {
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  /** Absent when no signing secret is set: then signed requests are refused. */
  readonly signedRequests: SignedRequests | undefined;
  /** The tenant that signed requests act for. */
  readonly signingTenant: string;
}

/** Largest signed body, bytes. */
const signedBodyLimit = 64 * 1024;

/**
 * Tells who asks: another server by its signature, a person by their session, and else an anonymous visitor known by
 * address only. Credentials that are there but wrong are refused, never taken for an anonymous visit.
 */
export function createIdentify({ sessions, cookie, signedRequests, signingTenant }: Identification) {
  return async (request: Request): Promise<Caller | undefined> => {
    if (isSigned(request)) {
      if (signedRequests === undefined)
        throw new GatewayError("unauthenticated", "Signed requests are not accepted here.");
      await signedRequests.verify({
        id: request.get("webhook-id"),
        timestamp: request.get("webhook-timestamp"),
        signature: request.get("webhook-signature"),
        body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
      });
      return { userId: "signed-request", tenantId: signingTenant, roles: ["service"] };
    }
    const token = bearerToken(request) ?? cookie.read(request);
    return token === undefined ? undefined : sessions.read(token);
  };
}

/**
 * Reads the body of a signed request as the bytes that were sent, because a signature covers bytes, not JSON; the
 * gateway takes them from there. Compressed bodies are refused: a sender signs what it compresses.
 */
export function readSignedBody(): RequestHandler {
  const read = express.raw({ type: () => true, inflate: false, limit: signedBodyLimit });
  return (request, response, next) => (isSigned(request) ? read(request, response, next) : next());
}

const isSigned = (request: Request) =>
  request.get("webhook-signature") !== undefined || request.get("webhook-id") !== undefined;

function bearerToken(request: Request): string | undefined {
  const authorization = request.get("authorization");
  if (authorization === undefined) return undefined;
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
  if (token === undefined)
    throw new GatewayError("unauthenticated", "The Authorization header must be: Bearer <session token>.");
  return token;
}
