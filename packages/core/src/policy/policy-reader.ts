import type { Clock } from "../clock.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { Logger } from "../logger.js";
import type { PolicyDocument } from "./policy-document.js";
import type { PolicySource } from "./policy-source.js";
import { readPolicy } from "./read-policy.js";

/** Reads a policy's source, and keeps the last document that was good. */
export interface PolicyReader {
  /** Reads now; resolves once a new document is in force, or was refused. One reading at a time: what comes meanwhile is read after it. */
  refresh(): Promise<void>;
  readonly document: PolicyDocument | undefined;
  /** Why the newest document was not taken; empty when it was. */
  readonly problems: readonly string[];
}

/** What a {@link PolicyReader} reads, and what it does with a good document. */
export interface PolicyReading {
  readonly source: PolicySource;
  /** Names that routes may refer to. */
  readonly targetNames: readonly string[];
  /** Puts a checked document in force. */
  readonly apply: (document: PolicyDocument) => void;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Makes a reader that has read nothing yet. */
export function policyReader({ source, targetNames, apply, logger, clock }: PolicyReading): PolicyReader {
  let document: PolicyDocument | undefined;
  let textInForce: string | undefined; // as it was found
  let problems: readonly string[] = [];
  let reading: Promise<void> | undefined;
  let isDue = false;

  async function readOnce(): Promise<readonly string[]> {
    try {
      const found = await within(readMs, source, clock);
      if (found === undefined) return [];
      const text = JSON.stringify(found);
      if (text === textInForce) return []; // checking a large one anew each time would hold calls up
      const next = readPolicy(found, targetNames);
      if (document !== undefined && next.version <= document.version) return staleProblems(next, document);
      apply(next);
      document = next;
      textInForce = text;
      logger.info({ version: next.version }, "A new policy is in force.");
      return [];
    } catch (error) {
      return isGatewayError(error, "invalid_config") ? error.details.problems : [unreadable];
    }
  }
  async function readWhileDue(): Promise<void> {
    while (isDue) {
      isDue = false;
      const found = await readOnce();
      const isNew = found.join() !== problems.join();
      problems = found;
      // Said once, not at every reading.
      if (isNew && found.length > 0)
        logger.error({ version: document?.version, problems }, "The policy stays as it was.");
    }
    reading = undefined;
  }
  return {
    refresh() {
      isDue = true;
      reading ??= readWhileDue();
      return reading;
    },
    get document() {
      return document;
    },
    get problems() {
      return problems;
    },
  };
}

const unreadable = "policy: can't be read from its source";

function staleProblems(next: PolicyDocument, inForce: PolicyDocument): readonly string[] {
  if (next.version < inForce.version)
    return [`policy.version: ${next.version} is older than ${inForce.version}, which is in force`];
  return JSON.stringify(next) === JSON.stringify(inForce)
    ? []
    : [`policy.version: ${next.version} is in force with other content; raise it`];
}

/** A reading that takes longer must not keep the next one, which may hold a kill switch. */
const readMs = 10_000;

function within(delayMs: number, source: PolicySource, clock: Clock): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(delayMs, () => reject(new Error("The source does not answer.")), {
      background: true,
    });
    // Within a promise, so that what `read` throws at once cancels the timer too.
    new Promise((settle) => settle(source.read())).finally(cancel).then(resolve, reject);
  });
}
