import { findServices } from "../services/find-services.js";
import { scanText } from "../services/scan-text.js";
import type { ServiceNames } from "../services/service-names.js";
import { foldWords } from "./fold-words.js";
import { serviceHosts } from "./service-hosts.js";
import { serviceTells } from "./service-tells.js";

/** The service that an error is about. */
export interface FailedService {
  /** Catalogue id, or the name in that form: "Acme CRM" → "acme_crm". */
  readonly id: string;
  /** As people write it. */
  readonly name: string;
}

interface Said {
  readonly label: string | undefined;
  readonly type: string;
  readonly message: string;
  /** Hosts, most telling first. */
  readonly addresses: readonly string[];
}

/** Names the service: by its label, else by what the message or the type says, else by the host that was called. */
export function serviceAt(
  { label = "", type, message, addresses }: Said,
  names: ServiceNames,
): FailedService | undefined {
  if (label.trim() !== "") return byLabel(label.trim(), names);
  const mention = findServices(scanText(message), names).find(
    ({ service }) => service.category !== "built_in",
  );
  return (
    mention?.service ??
    byType(type, names) ??
    byTell(`${type} ${message}`, names) ??
    firstByHost(addresses, names)
  );
}

function byLabel(label: string, names: ServiceNames): FailedService {
  const bare = label.replace(/[\s_-]+(?:api|integration|webhooks?)$/iu, "");
  return names.byLabel(label) ?? names.byLabel(bare) ?? unlisted(bare, label);
}

const unlisted = (bare: string, label = bare): FailedService => ({
  id: foldWords(bare).trim().replaceAll(" ", "_"),
  name: readable(label),
});

// An id such as "acme_crm" is for machines; what somebody wrote with care stays.
const readable = (label: string) =>
  /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/u.test(label)
    ? label.replace(/[_-]/gu, " ").replace(/(?<![\p{L}\p{N}])\p{Ll}/gu, (letter) => letter.toUpperCase())
    : label;

const known = (id: string, names: ServiceNames): FailedService => names.byId(id) ?? unlisted(id);

/** "StripeCardError", "slack_error" → the service in it. */
function byType(type: string, names: ServiceNames): FailedService | undefined {
  const words = foldWords(type.slice(0, 200).replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " "))
    .trim()
    .split(" ");
  for (const word of words) {
    const named = names.byKey(word);
    if (named?.everyday === false && named.service.category !== "built_in") return named.service;
    if (word === "google" || word === "gaxios") return known("google", names);
  }
  return undefined;
}

function byTell(text: string, names: ServiceNames): FailedService | undefined {
  const words = foldWords(text);
  const tell = serviceTells.find(([phrase]) => words.includes(` ${phrase} `));
  return tell && known(tell[1], names);
}

function firstByHost(addresses: readonly string[], names: ServiceNames): FailedService | undefined {
  for (const address of addresses) {
    const found = byHost(address, names);
    if (found !== undefined) return found;
  }
  return undefined;
}

function byHost(address: string, names: ServiceNames): FailedService | undefined {
  const host = (address.replace(/^\p{L}{2,10}:\/\//u, "").match(/^[^:/[\]?#\s]+/u)?.[0] ?? "").toLowerCase();
  const ending = Object.keys(serviceHosts).find((end) => host === end || host.endsWith(`.${end}`));
  const listed = ending === undefined ? undefined : serviceHosts[ending];
  if (listed !== undefined) return known(listed, names);
  const name = host.split(".").at(-2) ?? "";
  const found = name.length > 3 ? names.byKey(name) : undefined;
  return found?.everyday === false ? found.service : undefined;
}
