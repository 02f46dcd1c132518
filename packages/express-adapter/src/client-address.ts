import { clientAddressReader, type TrustedProxies } from "@levqor/core/http";
import type { Request } from "express";

/** Finds a request's client: by the proxies that are stated, or else by Express's own `trust proxy`. */
export function requestAddressReader(
  trustedProxies: TrustedProxies | undefined,
): (request: Request) => string | undefined {
  const read = clientAddressReader("createAiRouter", trustedProxies ?? 0);
  return ({ ip, socket, headers }) => {
    const { remoteAddress } = socket;
    if (trustedProxies === undefined) return read(only(ip)) ?? read(only(remoteAddress));
    return read({ remoteAddress, forwardedFor: String(headers["x-forwarded-for"] ?? "") });
  };
}

/** Whether everybody can choose the address that Express takes for theirs, because every proxy is trusted. */
export function isAddressForgeable({ app }: Request, trustedProxies: TrustedProxies | undefined): boolean {
  if (trustedProxies !== undefined) return false;
  const trusts: unknown = app.get("trust proxy fn");
  // A documentation address behind more proxies than anybody has: only who trusts all trusts it.
  return typeof trusts === "function" && trusts("203.0.113.1", 1_000) === true;
}

const only = (remoteAddress: string | undefined) => ({ remoteAddress, forwardedFor: undefined });
