import type { AuditRecord } from "../audit/audit-record.js";

/** A record like those of the gateway; `changes` win. */
export function sampleAuditRecord(requestId: string, changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    time: "2026-01-01T00:00:00.000Z",
    request_id: requestId,
    task: "chat",
    tenant_id: "acme",
    outcome: "ok",
    source: "model",
    provider: "fake",
    model: "fake-1",
    input_tokens: 12,
    output_tokens: 3,
    usage_source: "reported",
    cost_usd: 0.000012,
    duration_ms: 40,
    cache: "miss",
    masks: { EMAIL: 1 },
    attempts: [{ target: "fake/fake-1", outcome: "ok", duration_ms: 38 }],
    ...changes,
  };
}
