import { createPartialReader } from "../output/create-partial-reader.js";
import type { OutputReader, OutputReading } from "../output/output-reader.js";
import type { ShownParts } from "./shown-parts.js";

/** Shows an answer in JSON: the output so far, each time that a value of it is whole. */
export function shownObject<Input, Output extends object>(
  outputReader: OutputReader,
  reading: OutputReading<Input, Output>,
): ShownParts<Output> {
  let reader = createPartialReader(outputReader, reading);
  return {
    async push(part) {
      if (part.type === "reset") reader = createPartialReader(outputReader, reading);
      if (part.type !== "text-delta") return [];
      const partial = await reader.push(part.delta);
      return partial === undefined ? [] : [{ type: "partial", partial }];
    },
    end: () => [],
  };
}
