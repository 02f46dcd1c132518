import * as z from "zod";
import { errorCodes } from "../../errors/error-codes.js";
import type { UiMessageChunk } from "../ui-message-chunk.js";
import { replyMetadataSchema } from "./reply-metadata-schema.js";

const text = { id: z.string() };
const toolCall = { toolCallId: z.string(), toolName: z.string() };

/** Schema of {@link UiMessageChunk}: what the `data` of an event holds, but for the last one's `[DONE]`. */
export const streamEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("start"),
    messageId: z.string(),
    messageMetadata: z.object({ request_id: z.string() }),
  }),
  z.object({ type: z.literal("start-step") }),
  z.object({ type: z.literal("text-start"), ...text }),
  z.object({ type: z.literal("text-delta"), ...text, delta: z.string() }),
  z.object({ type: z.literal("text-end"), ...text }),
  z.object({ type: z.literal("tool-input-start"), ...toolCall }),
  z.object({ type: z.literal("tool-input-delta"), toolCallId: z.string(), inputTextDelta: z.string() }),
  z.object({ type: z.literal("tool-input-available"), ...toolCall, input: z.unknown() }),
  z.object({ type: z.literal("tool-input-error"), ...toolCall, input: z.string(), errorText: z.string() }),
  z
    .object({ type: z.literal("data-partial"), id: z.literal("partial"), data: z.looseObject({}) })
    .describe("The output so far; replaces the one before."),
  z.object({ type: z.literal("reset-step") }).describe("What came since start-step is void."),
  z
    .object({
      type: z.literal("data-output"),
      data: z.looseObject({ success: z.literal(true), metadata: replyMetadataSchema }),
    })
    .describe("The whole reply of a task that does not answer in plain text."),
  z.object({ type: z.literal("finish-step") }),
  z.object({ type: z.literal("finish"), messageMetadata: replyMetadataSchema }),
  z
    .object({ type: z.literal("abort"), reason: z.string() })
    .describe("Somebody stopped the stream on purpose."),
  z
    .object({
      type: z.literal("data-error"),
      transient: z.literal(true),
      data: z.object({ code: z.enum(errorCodes), request_id: z.string(), retryable: z.boolean() }),
    })
    .describe("Comes just before error."),
  z.object({ type: z.literal("error"), errorText: z.string() }),
]) satisfies z.ZodType<UiMessageChunk>;
