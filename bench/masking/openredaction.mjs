import { OpenRedaction } from "openredaction";
import { qualityOf } from "./asks.mjs";

const redaction = new OpenRedaction();

export async function setup() {
  const mask = async (text) => (await redaction.detect(text)).redacted;
  return { mask, facts: await qualityOf(mask) };
}
