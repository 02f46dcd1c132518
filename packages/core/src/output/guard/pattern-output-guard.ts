import * as z from "zod";
import { invalidConfig } from "../../errors/invalid-config.js";
import { optionProblems } from "../../errors/option-problems.js";
import { once } from "../../once.js";
import type { PolicyMode } from "../../policy-mode.js";
import { findLinks, linksHoldFrom, mayHoldLinks } from "./find-links.js";
import { createLinkPolicy } from "./link-policy.js";
import type { OutputFinding, OutputGuard } from "./output-guard.js";

/** Finds values in a text, as `patternMasker().detect` does. */
export type DetectValues = (
  text: string,
) => readonly { readonly type: string; readonly start: number; readonly end: number }[];

/** Options of {@link patternOutputGuard}. */
export interface PatternOutputGuardOptions {
  /**
   * Hosts that links and images may lead to: `example.com`, `*.example.com`. @default links to any, images to none
   */
  readonly allowedLinks?: readonly string[] | undefined;
  /** What becomes of links and images beyond those. @default "enforce": their address is taken out */
  readonly links?: PolicyMode | undefined;
  /**
   * What becomes of personal values and secrets that the model wrote by itself, not those that come back to their
   * place. `enforce` writes `[EMAIL]` instead, and shows a stream sentence by sentence. @default "observe"
   */
  readonly sensitiveValues?: PolicyMode | undefined;
  /** Finds them: your masker's. @default none; the gateway's own guard uses its masker's */
  readonly detect?: DetectValues | undefined;
  /** Finds what else must not be shown, such as profanity; it becomes `***`. @default none */
  readonly findUnwanted?:
    | ((text: string) => Iterable<{ readonly start: number; readonly end: number }>)
    | undefined;
  /** Longest text of a reply; the rest is cut. @default any */
  readonly maxCharacters?: number | undefined;
}

/** What a masker puts in the place of a value: it comes back as what the user wrote. */
const placeholder = /\\?\[[A-Z][A-Z0-9]*(?:\\?_[A-Z0-9]+)*\\?_[a-z0-9]{4}\\?_\d{4,}\\?\]/gi;
const wholeNumber = "must be a whole number, 1 or more";
const host = /^(?:\*\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/i;

const optionsSchema = once(() => {
  const mode = z.enum(["off", "observe", "enforce"], 'must be "off", "observe" or "enforce"').optional();
  const callback = z.custom((value) => typeof value === "function", "must be a function").optional();
  return z
    .strictObject({
      allowedLinks: z
        .array(
          z.string().regex(host, 'must be a host, such as "example.com" or "*.example.com"'),
          "must be a list of hosts",
        )
        .optional(),
      links: mode,
      sensitiveValues: mode,
      detect: callback,
      findUnwanted: callback,
      maxCharacters: z.int(wholeNumber).min(1, wholeNumber).optional(),
    })
    .refine((options) => options.sensitiveValues !== "enforce" || options.detect !== undefined, {
      path: ["detect"],
      error: "is missing; pass your masker's",
    });
});

/**
 * The default guard: takes out addresses of images and links that are not allowed, notices personal values and secrets
 * that a model invents, and holds a reply to a length. Takes time linear in the text.
 *
 * @throws `invalid_config` with every mistake in the options, such as `sensitiveValues: "enforce"` without `detect`.
 */
export function patternOutputGuard(options: PatternOutputGuardOptions = {}): OutputGuard {
  const problems = optionProblems(optionsSchema(), options);
  if (problems.length > 0) throw invalidConfig("Output guard", problems);
  const {
    allowedLinks,
    links = "enforce",
    sensitiveValues = "observe",
    findUnwanted,
    maxCharacters,
  } = options;
  const policy = createLinkPolicy(allowedLinks);
  const detect = sensitiveValues === "off" ? undefined : options.detect;
  const replacesAnywhere =
    findUnwanted !== undefined || (detect !== undefined && sensitiveValues === "enforce");

  return {
    maxCharacters,
    clears: (text) => !replacesAnywhere && (links === "off" || !mayHoldLinks(text)),
    inspect(sentence) {
      const found = links === "off" ? [] : findLinks(sentence, policy).map((each) => inMode(each, links));
      for (const { start, end } of findUnwanted?.(withoutPlaceholders(sentence)) ?? [])
        found.push({ reason: "unwanted", start, end, replacement: "***" });
      if (sensitiveValues === "enforce") found.push(...inventedBy(sentence, detect));
      return withoutOverlaps(found);
    },
    notice(text) {
      if (sensitiveValues !== "observe") return [];
      try {
        return inventedBy(text, detect).map((each) => inMode(each, sensitiveValues));
      } catch {
        return []; // who only observes stops no reply
      }
    },
    holdsFrom(beginning) {
      if (replacesAnywhere) return 0;
      return links === "enforce" ? linksHoldFrom(beginning, policy) : beginning.length;
    },
  };
}

const inMode = (finding: OutputFinding, mode: PolicyMode): OutputFinding =>
  mode === "enforce" ? finding : { ...finding, replacement: undefined };

/** With line breaks in the place of each: every other character stays where it is. */
const withoutPlaceholders = (text: string) =>
  text.includes("[") ? text.replace(placeholder, (token) => "\n".repeat(token.length)) : text;

function inventedBy(text: string, detect: DetectValues | undefined): OutputFinding[] {
  if (detect === undefined) return [];
  return detect(withoutPlaceholders(text)).map(({ type, start, end }) => ({
    reason: "sensitive_value",
    start,
    end,
    replacement: `[${type.toUpperCase()}]`,
  }));
}

/** The first of two that overlap stays; of two that begin together the longer one; what is replaced before what is not. */
function withoutOverlaps(found: OutputFinding[]): OutputFinding[] {
  if (found.length < 2) return found.filter(({ start, end }) => end > start);
  const rank = ({ replacement }: OutputFinding) => (replacement === undefined ? 1 : 0);
  found.sort((one, other) => one.start - other.start || rank(one) - rank(other) || other.end - one.end);
  let end = 0;
  return found.filter((each) => {
    if (each.start < end || each.end <= each.start) return false;
    end = each.end;
    return true;
  });
}
