import { type Clock, systemClock } from "../clock.js";
import { mapStrings } from "../map-strings.js";
import type { Leaf } from "./adjacent-texts.js";
import { type AsyncDetector, runAsyncDetectors } from "./async-detectors.js";
import { checkMaskerOptions } from "./check-masker-options.js";
import { createCleanTexts } from "./clean-texts.js";
import { createStreamRestorer } from "./create-stream-restorer.js";
import { type CustomPattern, customDetector } from "./custom-pattern.js";
import { allDetectors } from "./detectors/all-detectors.js";
import { createExclusions } from "./exclusions.js";
import type { Finding } from "./finding.js";
import { atOnce, inSlices, type Work } from "./in-slices.js";
import { type KnownValues, knownMatcher } from "./known-values.js";
import { literalType } from "./literal-placeholders.js";
import { type MaskType, maskTypes } from "./mask-type.js";
import { hideFindings, leavesOf, scanLeaves } from "./mask-value.js";
import type { MaskContext, Masked, Masker } from "./masker.js";
import { mergeFindings } from "./merge-findings.js";
import { namesForCall, namesForConversation } from "./placeholder-names.js";
import { mostAtOnce, type Scan, type TypedDetector } from "./scan-text.js";
import { jsonText, plainText } from "./text-format.js";
import { createVault, type Vault } from "./vault.js";

/** Options of {@link patternMasker}. */
export interface PatternMaskerOptions {
  /** What to look for. @default all of `maskTypes` */
  readonly types?: readonly MaskType[] | undefined;
  /** How likely a find has to be to be hidden, 0 to 1; one number for all, or by type. @default 0.5 */
  readonly minLikelihood?: number | Readonly<Record<string, number>> | undefined;
  /** Values that are always hidden, of type `known` or by type, in any letter case. A call can add its own. @default none */
  readonly known?: KnownValues | undefined;
  /** Values that are never hidden, in any letter case; `*` stands for any characters: `*@example.com`. @default none */
  readonly exclude?: readonly string[] | undefined;
  /** Forms of the product's own values. @default none */
  readonly patterns?: readonly CustomPattern[] | undefined;
  /** Detectors that take their time; with one, `mask` returns a promise. `detect` does not ask them. @default none */
  readonly detectors?: readonly AsyncDetector[] | undefined;
  /**
   * Random secret of at least 32 bytes. With it, the same value has the same placeholder in every call of a conversation
   * that `mask` is told the name of. @default none: placeholders differ from call to call
   */
  readonly key?: string | Uint8Array | undefined;
  /** Whether replies get the originals back; with `none`, placeholders stay. @default "all" */
  readonly restore?: "all" | "none" | undefined;
  /** Makes the part of a placeholder that differs from call to call: four of `a-z0-9`. @default random */
  readonly createNonce?: (() => string) | undefined;
  /** For the deadlines of `detectors`. @default the machine's time */
  readonly clock?: Clock | undefined;
}

/** A {@link Masker} that also tells what it finds. */
export interface PatternMasker extends Masker {
  /**
   * What is found in a text, in its order, without overlaps; nothing is hidden. Offsets are UTF-16 units of `text`. In
   * what is no text nothing is found.
   *
   * @throws `mask_failed` when a detector throws, `invalid_config` for values of `known` that are no texts.
   */
  detect(text: string, context?: Pick<MaskContext, "known">): readonly Finding[];
}

const notice =
  "Text like [TYPE_code_number] stands for a value you can't see. Repeat it exactly where it is needed.";
const defaultLikelihood = 0.5;

/**
 * A masker that finds values by their form, check digits and the words beside them: see `maskTypes`. Each becomes a
 * placeholder like `[EMAIL_k3f9_0001]`. Text that already reads like a placeholder is hidden as a `literal`, so it comes
 * back unchanged and restores nothing.
 *
 * Takes time linear in the text; beyond 32 K characters `mask` returns a promise, and others get their turn every few
 * milliseconds. Strings are masked, and keys that read like no field's name; numbers are not.
 *
 * Texts in which nothing is found, and which come again, such as instructions, are not looked at anew: up to 256 K
 * characters of them stay in memory.
 *
 * @throws `invalid_config` for options that are wrong, naming each. `mask` throws `invalid_config` when `createNonce`
 * returns anything but four of `a-z0-9` or a call's `known` holds what is no text, `too_complex` for a value nested deeper
 * than 128 levels, `mask_failed` when a detector throws, or one that blocks is late.
 */
export function patternMasker(options: PatternMaskerOptions = {}): PatternMasker {
  checkMaskerOptions(options);
  const { detectors = [], clock = systemClock } = options;
  const scanFor = scans(options);
  const clean = createCleanTexts();
  const createMasked = maskedWith(options);

  return {
    detect(given, context = {}) {
      const text = typeof given === "string" ? given : "";
      const findings = atOnce(scanLeaves([{ text, path: [] }], scanFor(context), clean));
      return mergeFindings(findings.flat(), text.length);
    },
    mask<Value>(value: Value, context: MaskContext) {
      const scan = scanFor(context);
      const leaves = leavesOf(value);
      const length = leaves.reduce((sum, { text }) => sum + text.length, 0);
      if (detectors.length === 0 && length <= mostAtOnce) {
        const findings = atOnce(scanLeaves(leaves, scan, clean));
        return atOnce(createMasked({ value, context, leaves, findings }));
      }
      return maskInSlices({ value, context, leaves, scan });
    },
  };

  async function maskInSlices<Value>(asked: Omit<Scanned<Value>, "findings"> & { readonly scan: Scan }) {
    const { context, leaves, scan } = asked;
    const slicing = { clock, signal: context.signal };
    const findings = await inSlices(scanLeaves(leaves, scan, clean), slicing);
    if (detectors.length > 0) await addAsync({ leaves, findings, scan, detectors, ...slicing });
    return inSlices(createMasked({ ...asked, findings }), slicing);
  }
}

/** Makes what every call scans for; only values that a call knows are made anew. */
function scans(options: PatternMaskerOptions): (context: Pick<MaskContext, "known">) => Scan {
  const { types = maskTypes, minLikelihood, patterns = [], exclude = [] } = options;
  const builtIn: readonly TypedDetector[] = allDetectors.filter(({ type }) => types.includes(type));
  const known = knownMatcher(options.known);
  const least = typeof minLikelihood === "object" ? minLikelihood : {};
  const leastOfAll = typeof minLikelihood === "number" ? minLikelihood : defaultLikelihood;
  const scan: Scan = {
    detectors: [...builtIn, ...patterns.map(customDetector)],
    values: known === undefined ? [] : [known],
    isLikely: ({ type, score }) => score >= (least[type] ?? leastOfAll),
    isExcluded: createExclusions(exclude),
  };
  return (context) => {
    const more = knownMatcher(context.known);
    return more === undefined ? scan : { ...scan, values: [...scan.values, more] };
  };
}

async function addAsync(asking: {
  readonly leaves: readonly Leaf[];
  readonly findings: readonly Finding[][];
  readonly scan: Scan;
  readonly detectors: readonly AsyncDetector[];
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}): Promise<void> {
  const { leaves, findings, scan, detectors, clock, signal } = asking;
  const texts = leaves.map(({ text }) => text);
  const lists = await runAsyncDetectors(texts, detectors, { clock, signal });
  for (const [index, list] of lists.entries()) {
    const text = texts[index] ?? "";
    const likely = list.filter(
      (finding) => scan.isLikely(finding) && !scan.isExcluded(text.slice(finding.start, finding.end)),
    );
    findings[index]?.push(...likely);
  }
}

/** What is found in the leaves of a value. */
interface Scanned<Value> {
  readonly value: Value;
  readonly context: MaskContext;
  readonly leaves: readonly Leaf[];
  readonly findings: readonly (readonly Finding[])[];
}

function maskedWith({ key, restore, createNonce }: PatternMaskerOptions) {
  const isRestored = (type: string) => restore !== "none" || type === literalType;
  return function* <Value>({ value, context, leaves, findings }: Scanned<Value>): Work<Masked<Value>> {
    const { tenantId, conversation } = context;
    const names =
      key === undefined || conversation === undefined
        ? namesForCall(createNonce)
        : namesForConversation(key, { tenantId, conversation });
    const vault = createVault(names, isRestored);
    return masked(yield* hideFindings(value, leaves, { findings, vault }), vault);
  };
}

function masked<Value>(value: Value, vault: Vault): Masked<Value> {
  const restoreText = (text: string) => vault.restoreText(text);
  return {
    value,
    notice: vault.isEmpty ? undefined : notice,
    counts: vault.counts,
    restore: (reply) => (vault.isEmpty ? reply : mapStrings(reply, restoreText, restoreText)),
    restorer: () => createStreamRestorer(vault, plainText),
    restoreJson: (text) => vault.restoreText(text, jsonText),
    jsonRestorer: () => createStreamRestorer(vault, jsonText),
    countInvented: (text) => vault.countInvented(text),
  };
}
