import { invalidConfig } from "../../errors/invalid-config.js";
import { bareAddress, readIpGroups, writeVersion4 } from "../../ip-address.js";
import { ipNetworks, readNetwork } from "./ip-networks.js";

/**
 * The proxies whose `X-Forwarded-For` is believed: how many stand in front of the server, or the networks they are in,
 * such as `["10.0.0.0/8"]`.
 */
export type TrustedProxies = number | readonly string[];

/** What is known of where a request came from. */
export interface RequestOrigin {
  /** Address of the connection; nothing where the server does not tell. */
  readonly remoteAddress: string | undefined;
  /** The header `X-Forwarded-For`, several of them joined by commas. */
  readonly forwardedFor: string | undefined;
}

/** What everybody is called whose address the trusted proxies did not tell: they share their limits. */
const unknownAddress = "unknown";

/**
 * Makes the function that finds a request's client: the connection's address, or, where proxies are trusted, the one that
 * the outermost trusted proxy saw. What stands before that in the header was written by the client and counts for nothing;
 * neither does what is no address. Where a connection's address is not known, it is taken for a trusted proxy's.
 *
 * @throws `invalid_config`
 */
export function clientAddressReader(
  subject: string,
  trustedProxies: TrustedProxies,
): (origin: RequestOrigin) => string | undefined {
  const problems = proxyProblems(trustedProxies);
  if (problems.length > 0) throw invalidConfig(subject, problems);
  const isTrusted = trustOf(trustedProxies);
  const fallback = trustedProxies === 0 ? undefined : unknownAddress;

  return function readClientAddress({ remoteAddress, forwardedFor = "" }) {
    let client = plainAddress(remoteAddress);
    let hops = 0;
    for (let end = forwardedFor.length; end > 0 && isTrusted(client, hops); hops += 1) {
      const comma = forwardedFor.lastIndexOf(",", end - 1);
      const hop = plainAddress(forwardedFor.slice(comma + 1, end));
      if (hop === undefined) break;
      client = hop;
      end = comma;
    }
    return client ?? fallback;
  };
}

function trustOf(trusted: TrustedProxies): (address: string | undefined, hops: number) => boolean {
  if (typeof trusted === "number") return (_address, hops) => hops < trusted;
  const networks = ipNetworks();
  for (const network of trusted) networks.add(network);
  return (address) => address === undefined || networks.has(address);
}

/** An address as it is commonly written; nothing when the text is none. */
function plainAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const address = bareAddress(text);
  const groups = readIpGroups(address);
  if (groups === undefined) return undefined;
  return groups.length === 2 ? writeVersion4(groups) : address;
}

function proxyProblems(trusted: TrustedProxies): string[] {
  if (Array.isArray(trusted)) return trusted.flatMap(networkProblems);
  if (Number.isSafeInteger(trusted) && Number(trusted) >= 0) return [];
  return ['trustedProxies: say how many proxies there are, or give a list of their networks: ["10.0.0.0/8"]'];
}

function networkProblems(network: unknown, index: number): string[] {
  const read = typeof network === "string" ? readNetwork(network) : undefined;
  if (read === undefined) return [`trustedProxies.${index}: must be an address or a network: "10.0.0.0/8"`];
  return read.length === 0
    ? [`trustedProxies.${index}: trusts everybody; name your own proxies' network`]
    : [];
}
