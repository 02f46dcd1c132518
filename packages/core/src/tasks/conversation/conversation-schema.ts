import * as z from "zod";
import { once } from "../../once.js";
import type { Prompt, ToolCall } from "../../provider/provider.js";

const toolCall = once(() => z.object({ id: z.string(), name: z.string(), arguments: z.string() }));

/** A {@link Prompt}, checked. */
export const conversationInputSchema = once((): z.ZodType<Prompt, Prompt> => {
  const said = z.strictObject({ role: z.enum(["user", "assistant"]), content: z.string() });
  const calling = z.object({
    role: z.literal("assistant"),
    content: z.string(),
    toolCalls: z.array(toolCall()),
  });
  const result = z.object({
    role: z.literal("tool"),
    toolCallId: z.string(),
    content: z.string(),
    isError: z.boolean().optional(),
  });
  const jsonSchema = z.record(z.string(), z.unknown());
  const toolName = z
    .string()
    .regex(/^[\w-]{1,64}$/, "use letters, digits, _ and -, at most 64 characters: what every vendor takes");
  return z.object({
    system: z.string().optional(),
    messages: z.array(z.union([calling, said, result])).min(1, "say something"),
    tools: z
      .array(z.object({ name: toolName, description: z.string().optional(), parameters: jsonSchema }))
      .optional(),
    toolChoice: z.union([z.enum(["auto", "none", "required"]), z.object({ name: toolName })]).optional(),
    maxOutputTokens: z.int().min(1).optional(),
    temperature: z.number().min(0).optional(),
    responseFormat: z.object({ name: z.string(), schema: jsonSchema }).optional(),
  });
});

/** What a model answered. */
export interface ConversationOutput {
  /** Empty when it only calls tools. */
  readonly text: string;
  /** Empty when it calls none. */
  readonly tool_calls: readonly ToolCall[];
}

/** The wire shape of a {@link ConversationOutput}. */
export const conversationOutputSchema = once(
  (): z.ZodType<ConversationOutput> =>
    z.object({
      text: z.string(),
      tool_calls: z.array(toolCall()),
    }),
);
