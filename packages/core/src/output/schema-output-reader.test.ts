import { describe, it } from "vitest";
import { outputReaderContract } from "./output-reader-contract.js";
import { schemaOutputReader } from "./schema-output-reader.js";

describe("schemaOutputReader", () => {
  for (const { name, run } of outputReaderContract) it(name, () => run(schemaOutputReader));
});
