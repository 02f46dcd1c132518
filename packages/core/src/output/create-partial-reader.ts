import type { DeepPartial } from "../deep-partial.js";
import type { OutputReader, OutputReading } from "./output-reader.js";

/** Reads the text of one attempt while a model writes it. */
export interface PartialReader<Output extends object> {
  /**
   * Takes the next masked piece; returns the output so far when there is something new to show. One at a time: wait for
   * the one before.
   */
  push(delta: string): Promise<DeepPartial<Output> | undefined>;
}

/** Where the writing of a value may be complete. */
const endOfValue = /[,}\]"]/;
const minGrowth = 16;
/** Of what is there already: all readings together then cost no more than seventeen of the whole text. */
const minRelativeGrowth = 1 / 16;
const maxLength = 262_144;

/**
 * Reads again whenever enough has come since the last time, so that the cost is linear in the text. Beyond 262,144
 * characters nothing more is shown.
 */
export function createPartialReader<Input, Output extends object>(
  reader: Pick<OutputReader, "readPartial">,
  reading: OutputReading<Input, Output>,
): PartialReader<Output> {
  let text: string | undefined = "";
  let readLength = 0;
  let mayHaveEnded = false;
  let shown: string | undefined;
  return {
    async push(delta) {
      if (text === undefined) return undefined;
      if (text.length + delta.length > maxLength) {
        text = undefined;
        return undefined;
      }
      text += delta;
      mayHaveEnded ||= endOfValue.test(delta);
      const growth = text.length - readLength;
      if (!mayHaveEnded || growth < Math.max(minGrowth, readLength * minRelativeGrowth)) return undefined;
      readLength = text.length;
      mayHaveEnded = false;
      const partial = await reader.readPartial({ ...reading, text });
      const json = jsonOf(partial);
      if (json !== undefined && json === shown) return undefined;
      shown = json;
      return partial;
    },
  };
}

/** `undefined` for what is not JSON, which then counts as new each time. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
