import { invalidConfig } from "../errors/invalid-config.js";
import { mapStrings, type StringPath } from "../map-strings.js";
import { createStreamRestorer } from "./create-stream-restorer.js";
import { detectionSubject } from "./detection-subject.js";
import { allDetectors } from "./detectors/all-detectors.js";
import type { Detector } from "./detectors/detector.js";
import { foldText } from "./folded-text.js";
import { type MaskType, maskTypes } from "./mask-type.js";
import type { Masker } from "./masker.js";
import { type Finding, mergeSpans } from "./merge-spans.js";
import { placeholderPattern } from "./placeholder.js";
import { jsonText, plainText } from "./text-format.js";
import { createVault, type Vault } from "./vault.js";

/** Options of {@link patternMasker}. */
export interface PatternMaskerOptions {
  /** What to look for. @default all of `maskTypes` */
  readonly types?: readonly MaskType[] | undefined;
  /** Makes the part of a placeholder that differs from call to call: four of `a-z0-9`. @default random */
  readonly createNonce?: (() => string) | undefined;
}

/** Counts and marks text of the user's own that reads like a placeholder. */
const literalType = "literal";
const notice =
  "Text like [TYPE_code_number] stands for a value you can't see. Repeat it exactly where it is needed.";
const nonceShape = /^[a-z0-9]{4}$/;
const nonceAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A masker that finds values by their form and check digits: e-mail, phone, card, IBAN, IP and MAC address, US social
 * security number, keys, tokens and passwords. Each becomes a placeholder like `[EMAIL_k3f9_0001]`. Text that already
 * reads like a placeholder is hidden as a `literal`, so it comes back unchanged and restores nothing.
 *
 * Takes time linear in the text. Only strings are masked: not keys, not numbers.
 *
 * @throws `invalid_config` for a type it does not know. `mask` throws `invalid_config` when `createNonce` returns
 * anything but four of `a-z0-9`, `too_complex` for a value nested deeper than 128 levels.
 */
export function patternMasker(options: PatternMaskerOptions = {}): Masker {
  const { types = maskTypes, createNonce = randomNonce } = options;
  const unknown = types.filter((type) => !maskTypes.includes(type));
  if (unknown.length > 0)
    throw invalid(unknown.map((type) => `types: "${type}" is not one of ${maskTypes.join(", ")}`));
  const detectors = allDetectors.filter(({ type }) => types.includes(type));

  return {
    mask(value) {
      const vault = createVault(() => checkedNonce(createNonce()));
      const masked = mapStrings(value, (text, path) => maskText(text, path, { detectors, vault }));
      return {
        value: masked,
        notice: vault.isEmpty ? undefined : notice,
        counts: vault.counts,
        restore: (reply) => (vault.isEmpty ? reply : mapStrings(reply, (text) => vault.restoreText(text))),
        restorer: () => createStreamRestorer(vault, plainText),
        restoreJson: (text) => vault.restoreText(text, jsonText),
        jsonRestorer: () => createStreamRestorer(vault, jsonText),
      };
    },
  };
}

function maskText(
  text: string,
  path: StringPath,
  { detectors, vault }: { readonly detectors: readonly Detector[]; readonly vault: Vault },
): string {
  const folded = foldText(text);
  const findings: Finding[] = [];
  const subject = detectionSubject(folded.text, path);
  for (const { type, find } of detectors) {
    for (const { start, end } of find(subject)) findings.push({ type, start, end });
  }
  if (folded.text.includes("[")) {
    for (const { 0: match, index } of folded.text.matchAll(placeholderPattern)) {
      findings.push({ type: literalType, start: index, end: index + match.length });
    }
  }
  for (const value of vault.remembered) {
    for (
      let start = folded.text.indexOf(value);
      start >= 0;
      start = folded.text.indexOf(value, start + value.length)
    ) {
      findings.push({ type: "secret", start, end: start + value.length });
    }
  }
  if (findings.length === 0) return text;
  const [only] = findings;
  const isWhole = only?.type === "secret" && only.start === 0 && only.end === folded.text.length;
  if (isWhole) vault.remember(folded.text); // a prompt made of the input repeats it without its key
  const parts: string[] = [];
  let last = 0;
  for (const finding of mergeSpans(findings, folded.text.length)) {
    const { start, end } = folded.toOriginal(finding);
    parts.push(text.slice(last, start), vault.hide(finding.type, text.slice(start, end)));
    last = end;
  }
  return parts.join("") + text.slice(last);
}

function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return Array.from(bytes, (byte) => nonceAlphabet[byte % nonceAlphabet.length]).join("");
}

function checkedNonce(nonce: string): string {
  if (nonceShape.test(nonce)) return nonce;
  throw invalid(["createNonce: must return four characters of a-z and 0-9"]);
}

const invalid = (problems: readonly string[]) => invalidConfig("Pattern masker", problems);
