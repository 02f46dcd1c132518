import { nameKey } from "../services/name-key.js";
import type { Service } from "../services/service.js";
import type { NamedService, ServiceNames } from "../services/service-names.js";

/** What a model's name for a service came to. */
export type RepairedService =
  | { readonly kind: "service"; readonly id: string }
  /** It says that no service is meant. */
  | { readonly kind: "none" }
  /** It names something that is in no catalogue. */
  | { readonly kind: "unknown" };

/** The services that a description is about, and all others. */
export interface MeantServices {
  readonly names: ServiceNames;
  readonly mentioned: readonly Service[];
  readonly connected: readonly Service[];
}

/** Names by which models say that they mean none. */
const noServices = new Set(
  `null none na nil undefined unknown unspecified any anything other others generic custom tbd internal system app
  application service workflow logic condition conditional filter router branch decision ifelse if code manualreview`.split(
    /\s+/u,
  ),
);
const longestName = 200;

/** Finds the catalogue id that a model meant: by id, name or alias, with or without an operation behind it. */
export function repairService(written: string | null | undefined, meant: MeantServices): RepairedService {
  const label = written?.trim() ?? "";
  const { names } = meant;
  if (names.byId(label) !== undefined) return { kind: "service", id: label };
  const key = nameKey(label);
  const named = names.byKey(key);
  if (named === undefined && (key === "" || noServices.has(key))) return { kind: "none" };
  if (label.length > longestName) return { kind: "unknown" };
  if (named !== undefined)
    return found(isSure(named, names) ? named.service : connectedInstead(named.service, meant));
  const service = leadingName(label, names) ?? misspelled(key, meant);
  return service === undefined ? { kind: "unknown" } : found(service);
}

// The product's own apps are named to the model, so it means no other thing by the word.
const isSure = ({ everyday, service }: NamedService, { own }: ServiceNames) =>
  !everyday || own.includes(service);

const found = ({ id }: Service): RepairedService => ({ kind: "service", id });

// "calendar" is the one that is connected, or named, before any other.
const connectedInstead = (service: Service, { mentioned, connected }: MeantServices): Service =>
  [...mentioned, ...connected].find(({ category }) => category === service.category) ?? service;

// "slack.post_message", "Gmail (send email)", "google_sheets_append_row"
function leadingName(label: string, names: ServiceNames): Service | undefined {
  const words = label.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  for (let length = Math.min(words.length - 1, 4); length > 0; length--) {
    const named = names.byKey(nameKey(words.slice(0, length).join("")));
    if (named !== undefined && isSure(named, names)) return named.service;
  }
  return undefined;
}

// A misspelled name is a known app only where the user speaks of that app; else it may be an app that nobody knows.
function misspelled(key: string, { names, mentioned, connected }: MeantServices): Service | undefined {
  const service = names.byTypo(key)?.service;
  return [...mentioned, ...connected].find((known) => known.id === service?.id);
}
