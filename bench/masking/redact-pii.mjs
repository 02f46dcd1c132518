import redactPii from "redact-pii";
import { qualityOf } from "./asks.mjs";

const redactor = new redactPii.SyncRedactor();

export async function setup() {
  const mask = (text) => redactor.redact(text);
  return { mask, facts: await qualityOf(mask) };
}
