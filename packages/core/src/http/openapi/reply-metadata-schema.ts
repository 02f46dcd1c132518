import * as z from "zod";
import type { ReplyMetadata } from "../../pipeline/task-call.js";

/** Schema of {@link ReplyMetadata}. */
export const replyMetadataSchema = z.object({
  request_id: z.string(),
  source: z.enum(["model", "cache", "local"]),
  provider: z.string().exactOptional().describe("Absent for a local answer."),
  model: z.string().exactOptional().describe("Absent for a local answer."),
  usage: z.object({ input_tokens: z.int().min(0), output_tokens: z.int().min(0) }),
  cost_usd: z.number().min(0),
  duration_ms: z.number().min(0),
  degraded: z
    .enum([
      "no_provider",
      "provider_down",
      "budget",
      "store_unavailable",
      "kill_switch",
      "invalid_output",
      "blocked",
    ])
    .exactOptional()
    .describe("Why a local answer stands in for a model's."),
  cut_off: z.literal(true).exactOptional().describe("The model was cut off at the task's limit."),
  truncated: z.array(z.string()).exactOptional().describe("Input fields that were cut at their limit."),
}) satisfies z.ZodType<ReplyMetadata>;
