/** What the table says about one error code. */
export interface ErrorEntry {
  /** HTTP status that `core/http` answers with. */
  readonly status: number;
  /** Whether the same call may succeed later without being changed. */
  readonly retryable: boolean;
  /**
   * Whether the error's own message is written for the caller. Other messages stay in the server's log and the
   * caller reads one and the same sentence.
   */
  readonly exposed: boolean;
}

/** The only text a caller sees for a failure that is not theirs. */
export const temporaryIssue = "Temporary issue. Please try again.";

const callerFault = (status: number): ErrorEntry => ({ status, retryable: false, exposed: true });
const providerFault = (retryable: boolean): ErrorEntry => ({ status: 503, retryable, exposed: false });

/** Every failure the gateway reports: code → HTTP status, whether to retry, and whether the message is public. */
export const errorTable = {
  /** The body does not fit the task's input schema. */
  invalid_input: callerFault(400),
  /** The body is not JSON. */
  invalid_json: callerFault(400),
  /** The body is JSON, but not an object. */
  invalid_request: callerFault(400),
  /** The body is nested too deeply or has too many keys. */
  too_complex: callerFault(400),
  /** The input looks like a prompt injection, and `injectionMode` is `enforce`. */
  injection_suspected: callerFault(400),
  /** No valid credentials. */
  unauthenticated: callerFault(401),
  /** Known caller, but the task's rule says no. */
  forbidden: callerFault(403),
  /** `ipReputation` does not answer the client's address. */
  address_refused: callerFault(403),
  not_found: callerFault(404),
  method_not_allowed: callerFault(405),
  payload_too_large: callerFault(413),
  unsupported_media_type: callerFault(415),
  /** A limit of requests, tokens or concurrent calls was hit; `details` says which, and when to come back. */
  rate_limited: { status: 429, retryable: true, exposed: true },
  /** A money cap was hit; `details` names scope and window. */
  budget_exceeded: { status: 429, retryable: true, exposed: true },
  /** The caller went away or aborted. */
  aborted: { status: 499, retryable: true, exposed: true },
  /** A kill switch is off for this task; an operator's own message is shown when there is one. */
  switched_off: { status: 503, retryable: true, exposed: true },
  /** No provider is configured and the task has no local answer. */
  no_provider: { status: 503, retryable: false, exposed: false },
  /** 429 from the provider: passed on, with its Retry-After. */
  provider_rate_limited: { status: 429, retryable: true, exposed: false },
  /** 401, 402, 403 or exhausted quota: the credential is dead. */
  provider_unauthorized: providerFault(false),
  /** 400 from the provider: the request itself is refused, retrying does not help. */
  provider_rejected: providerFault(false),
  /** The provider's content filter stopped the reply. */
  provider_filtered: providerFault(false),
  /** 5xx or the network failed. */
  provider_unavailable: providerFault(true),
  /** An attempt or the whole route took too long. */
  provider_timeout: providerFault(true),
  /** The reply can't be read (HTML, cut JSON, malformed event). */
  provider_malformed: providerFault(true),
  /** A stream ended without saying that it had finished. */
  provider_cut: providerFault(true),
  /** Too many calls wait for this target, or its circuit is open. */
  provider_busy: providerFault(true),
  /** The reply was read, but it does not fit the task's output. */
  invalid_output: providerFault(true),
  /** The text could not be checked for what must be hidden: a detector was late, failed, or broke its promise. */
  mask_failed: { status: 503, retryable: true, exposed: false },
  /**
   * The store behind a limit or a budget does not answer, and `storeFailure` says `closed`; or it can't be told whether
   * credentials hold: the replay store or the issuer's keys are out of reach.
   */
  store_unavailable: { status: 503, retryable: true, exposed: false },
  /** The audit sink failed and its policy is `block`. */
  audit_failed: { status: 503, retryable: true, exposed: false },
  /** Wrong options or environment; thrown at start, lists every mistake. */
  invalid_config: { status: 500, retryable: false, exposed: false },
  /** A defect: ours, or in a user's own implementation of a step. */
  internal: { status: 500, retryable: false, exposed: false },
} as const satisfies Record<string, ErrorEntry>;

/** One of the codes of {@link errorTable}. */
export type ErrorCode = keyof typeof errorTable;

/** One thing that is wrong with an input. */
export interface InputIssue {
  /** Where, as a dotted path; empty for the input as a whole. */
  readonly path: string;
  /** What, in words for the caller. */
  readonly message: string;
}

/** Codes that carry more than a message, with what they carry. */
export interface ErrorDetails {
  invalid_input: { readonly issues: readonly InputIssue[] };
  invalid_config: { readonly problems: readonly string[] };
  method_not_allowed: { readonly allow: readonly string[] };
  payload_too_large: { readonly limitBytes: number };
  rate_limited: {
    /** Whose limit was hit: `user`, `ip`, `tenant`, `task`, or a limiter's own name. */
    readonly dimension: string;
    /** What it counts. */
    readonly kind: "requests" | "tokens" | "concurrent";
    readonly limit: number;
    /** 0 for `concurrent`. */
    readonly windowMs: number;
    readonly retryAfterMs: number;
  };
  budget_exceeded: {
    readonly scope: string;
    readonly window: string;
    readonly limitMicroUsd: number;
    readonly usedMicroUsd: number;
    readonly reservedMicroUsd: number;
    /** When the window starts again, milliseconds since the epoch. */
    readonly resetsAtMs: number;
    readonly retryAfterMs: number;
  };
  provider_rate_limited: {
    /** What the provider's Retry-After asked for; absent when it said nothing. */
    readonly retryAfterMs?: number | undefined;
  };
}
