/** Tells which addresses may stand in a reply. */
export interface LinkPolicy {
  /** `isLoaded`: an image or the like, which is fetched without a click. */
  allows(address: string, isLoaded: boolean): boolean;
  /** Whether a link needs to be on the list. */
  readonly restrictsLinks: boolean;
}

const ownHost = "own.invalid";
/** `https:host` leads elsewhere from a page that is served by http only. */
const ownPages = [`https://${ownHost}/`, `http://${ownHost}/`];
const maxAddress = 2_048;
const namedEntities: Readonly<Record<string, string>> = {
  colon: ":",
  sol: "/",
  bsol: "\\",
  tab: "\t",
  newline: "\n",
  amp: "&",
  period: ".",
  commat: "@",
  num: "#",
  quest: "?",
};

/**
 * Makes the policy of a list of hosts: `example.com` is that host, `*.example.com` each below it. Addresses without a
 * host stay, as do `mailto:` and `tel:` links; other schemes never do. Without a list every link may stand, and nothing
 * that is loaded.
 */
export function createLinkPolicy(allowedLinks: readonly string[] | undefined): LinkPolicy {
  const hosts = new Set((allowedLinks ?? []).map((host) => host.toLowerCase()));
  const isListed = (host: string) =>
    hosts.has(host) || parentsOf(host).some((parent) => hosts.has(`*.${parent}`));
  const restrictsLinks = allowedLinks !== undefined;
  return {
    restrictsLinks,
    allows: (address, isLoaded) =>
      // As it stands, and as Markdown and HTML read it: not every viewer does that.
      [address, decodeAddress(address)].every((each) =>
        ownPages.every((page) => allowsUrl(parse(each, page), isLoaded)),
      ),
  };

  function allowsUrl(url: URL | undefined, isLoaded: boolean): boolean {
    if (url === undefined) return false;
    if (url.protocol === "mailto:" || url.protocol === "tel:") return !isLoaded;
    if (url.protocol !== "https:" && url.protocol !== "http:") return false;
    if (url.hostname === ownHost) return true;
    return isListed(url.hostname) || (!isLoaded && !restrictsLinks);
  }
}

/** `b.c` and `c` of `a.b.c`. */
const parentsOf = (host: string) => {
  const labels = host.split(".");
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join("."));
};

/** Reads an address as a browser does; `undefined` when it can't be read. */
function parse(address: string, page: string): URL | undefined {
  if (address.length > maxAddress) return undefined;
  try {
    return new URL(address, page);
  } catch {
    return undefined;
  }
}

/** Takes off what HTML and Markdown write for a character. */
export const decodeAddress = (address: string): string =>
  address
    .replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi, (_, hex: string | undefined, decimal: string) =>
      character(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(/&([a-z]{3,7});/gi, (entity, name: string) => namedEntities[name.toLowerCase()] ?? entity)
    .replace(/\\(?=[!-/:-@[-`{-~])/g, "");

const character = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : "");
