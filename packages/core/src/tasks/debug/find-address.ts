const host = String.raw`(?:\[(?:IP_ADDRESS|HOST|URL|DOMAIN)[A-Z0-9_a-z]{1,50}\]|\[[0-9a-f:]{2,45}\]|localhost|(?:[\p{L}\p{N}_-]{1,63}\.){1,8}[\p{L}\p{N}-]{1,63})`;
const port = String.raw`(?::\d{2,5}(?![\d:]))`;

// Most telling first. A bare name with a dot may be a file or a method, so it needs a port or a word that leads to it.
const patterns = [
  /(?<![\p{L}\p{N}])(?:https?|wss?|postgres(?:ql)?|mysql|redis|mongodb|amqps?|smtps?):\/\/(?:[^\s"'<>@/]{1,200}@)?(?<address>[^\s"'`<>?#]{2,300})/iu,
  new RegExp(
    String.raw`\b(?:E[A-Z]{4,}|EAI_AGAIN|getaddrinfo|resolve host|lookup address|host(?:name)?|connect(?:ion)? to|connecting to)["'“:\s]{1,4}(?<address>${host}${port}?)`,
    "u",
  ),
  new RegExp(String.raw`(?<![\p{L}\p{N}.@/])(?<address>${host}${port})`, "u"),
  /(?<address>\[IP_ADDRESS_[A-Z0-9_a-z]{1,40}\])/u,
  /(?<![\p{L}\p{N}.])(?<address>(?:\d{1,3}\.){3}\d{1,3})(?![\p{L}\p{N}]|\.\d)/u,
];
const fileEnding =
  /\.(?:[cm]?[jt]sx?|json|py|rb|go|java|kt|php|cs|rs|ya?ml|html?|css|sql|sh|txt|log)(?=:|$)/iu;

/**
 * The host that an error's message names, with its port and path if it says them: "connect ECONNREFUSED 10.0.0.5:5432"
 * → "10.0.0.5:5432". A masked address counts as a host. Scheme, credentials and query of a URL are left out.
 */
export function findAddress(message: string): string | undefined {
  for (const pattern of patterns) {
    const address = message.match(pattern)?.groups?.["address"]?.replace(/[.,;:!?)\]}]+$/u, closePlaceholder);
    if (address !== undefined && !isFile(address)) return address;
  }
  return undefined;
}

// The bracket that ends a placeholder is not punctuation.
const closePlaceholder = (end: string, at: number, whole: string) =>
  end.startsWith("]") && whole.slice(0, at).includes("[") ? "]" : "";

const isFile = (address: string) => !address.includes("/") && fileEnding.test(address);
