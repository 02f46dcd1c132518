import { findServices } from "../services/find-services.js";
import { scanText } from "../services/scan-text.js";
import { serviceByKey, serviceByLabel } from "../services/service-names.js";

/** The service that an error is about. */
export interface FailedService {
  /** Catalogue id, or "google" for any service of Google's. */
  readonly id: string | undefined;
  /** As people write it. */
  readonly name: string;
}

/** Names the service: by its label, else by what the message says, else by the host that was called. */
export function serviceAt(said: {
  readonly label: string | undefined;
  readonly message: string;
  readonly address: string | undefined;
}): FailedService | undefined {
  const label = said.label?.trim() ?? "";
  if (label !== "") return byLabel(label);
  const mention = findServices(scanText(said.message)).find(({ service }) => service.category !== "built_in");
  return mention?.service ?? byHost(said.address ?? "");
}

function byLabel(label: string): FailedService {
  const bare = label.replace(/[\s_-]+(?:api|integration|webhooks?)$/iu, "");
  const known = serviceByLabel(label) ?? serviceByLabel(bare);
  if (known !== undefined) return known;
  return { id: bare.toLowerCase() === "google" ? "google" : undefined, name: readable(label) };
}

// An id such as "acme_crm" is for machines; what somebody wrote with care stays.
const readable = (label: string) =>
  /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/u.test(label)
    ? label.replace(/[_-]/gu, " ").replace(/(?<![\p{L}\p{N}])\p{Ll}/gu, (letter) => letter.toUpperCase())
    : label;

function byHost(address: string): FailedService | undefined {
  const labels = (address.match(/^[^:/[\]]+/u)?.[0] ?? "").toLowerCase().split(".");
  const name = labels.at(-2) ?? "";
  const found = name.length > 3 ? serviceByKey(name) : undefined;
  return found?.everyday === false ? found.service : undefined;
}
