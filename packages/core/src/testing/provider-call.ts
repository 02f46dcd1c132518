import assert from "node:assert/strict";
import type { ErrorCode } from "../errors/error-table.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { Provider, ProviderEvent, ProviderRequest } from "../provider/provider.js";

/** A small request, in one piece unless told otherwise. */
export function requestTo(provider: Provider, parts: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    model: provider.model,
    prompt: { system: "Be brief.", messages: [{ role: "user", content: "Say hello." }] },
    maxOutputTokens: 16,
    temperature: 0,
    incremental: false,
    ...parts,
  };
}

/** Every event of a call. */
export async function eventsOf(
  provider: Provider,
  parts: Partial<ProviderRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ProviderEvent[]> {
  const events: ProviderEvent[] = [];
  for await (const event of provider.stream(requestTo(provider, parts), { signal })) events.push(event);
  return events;
}

/** The text of a reply. */
export const textOf = (events: readonly ProviderEvent[]): string =>
  events.map((event) => (event.type === "text-delta" ? event.delta : "")).join("");

/** The one `finish`, which is the last event. */
export function finishOf(events: readonly ProviderEvent[]): Extract<ProviderEvent, { type: "finish" }> {
  const last = events.at(-1);
  assert.equal(events.filter(({ type }) => type === "finish").length, 1);
  assert.ok(last?.type === "finish", "the last event is no finish");
  return last;
}

/** Asserts that the promise fails with this code, in words of the gateway. */
export async function rejectsWith(code: ErrorCode, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(isGatewayError(error, code), `expected ${code}, got ${String(error)}`);
    assert.doesNotMatch(error.message, /CANARY/, "the vendor's text is in the message");
    return true;
  });
}

/** How a reply is asked for. */
export const wayOf = (incremental: boolean): string => (incremental ? "streamed" : "whole");
