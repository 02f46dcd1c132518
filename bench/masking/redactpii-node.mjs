import { Redactor } from "@redactpii/node";
import { qualityOf } from "./asks.mjs";

const redactor = new Redactor();

export async function setup() {
  const mask = (text) => redactor.redact(text);
  return { mask, facts: await qualityOf(mask) };
}
