import { builtInNames } from "../services/built-in-names.js";
import type { ServiceNames } from "../services/service-names.js";
import type { DebugInput } from "./debug-schema.js";
import { findAddress } from "./find-address.js";
import { foldWords } from "./fold-words.js";
import { statusInWords } from "./http-status.js";
import { serviceAt } from "./service-at.js";

/** An error as the rules see it: what was given, and what its texts say besides. */
export interface DebugCase {
  /** Type and message, folded. */
  readonly words: string;
  /** Each of those words once. */
  readonly wordSet: ReadonlySet<string>;
  /** Catalogue id, or another service's name in that form. */
  readonly serviceId: string | undefined;
  /** The service's name as people write it. */
  readonly serviceName: string | undefined;
  readonly endpoint: string | undefined;
  readonly status: number | undefined;
}

/** Reads status, service and endpoint from an error's texts where its context does not name them. */
export function debugCase(
  { error_type, message, context = {} }: DebugInput,
  names: ServiceNames = builtInNames,
): DebugCase {
  const address = findAddress(message);
  const addresses = [address ?? "", context.endpoint ?? ""];
  const service = serviceAt({ label: context.service, type: error_type, message, addresses }, names);
  const words = foldWords(`${error_type} ${message}`);
  return {
    words,
    wordSet: new Set(words.split(" ")),
    serviceId: service?.id,
    serviceName: service?.name,
    endpoint: context.endpoint?.trim() || address,
    status: context.http_status ?? statusInWords(foldWords(message)) ?? statusInWords(foldWords(error_type)),
  };
}
