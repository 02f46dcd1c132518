import { expect, it } from "vitest";
import { hmacAuditChain, verifyAudit } from "../node/index.js";
import {
  canonicalJson,
  emptyChain,
  linkCheckpoint,
  linkEntry,
  newChainState,
  readHead,
  sealHead,
  stateAfter,
} from "../stores/index.js";
import { sampleAuditRecord } from "../testing/sample-audit-record.js";

const key = "a key for tests that is long enough";
const chain = hmacAuditChain({ key });
const time = "2026-01-01T00:00:00.000Z";

it("chains and verifies in a store of one's own, with the public names alone", async () => {
  const entry = linkEntry(chain, emptyChain, sampleAuditRecord("request-1"));
  const checkpoint = linkCheckpoint(chain, entry.head, { time, final: true });
  const lines = [entry.line, checkpoint.line];
  expect(await verifyAudit(lines, { key })).toMatchObject({ ok: true, entries: 2, last: checkpoint.head });

  const state = lines.reduce((before, line) => stateAfter(chain, before, line), newChainState);
  expect(state).toMatchObject({ ...checkpoint.head, unchecked: 0, closed: true });
  const sealed = sealHead(chain, { ...state, size: 0 });
  expect(readHead(sealed, chain)).toMatchObject(state);
  expect(readHead(sealed.replace('"seq":2', '"seq":1'), chain)).toBeUndefined();
});

it("writes a text as the chain does", () => {
  expect(canonicalJson({ b: 1, a: [{ d: 1, c: undefined }] })).toBe('{"a":[{"d":1}],"b":1}');
});
