import * as z from "zod";
import { once } from "../../once.js";
import { requiredText } from "../required-text.js";
import { shortText } from "../short-text.js";

/** What a user asks, as it comes over the wire. */
export interface ChatInput {
  /** The question. */
  readonly message: string;
  readonly context?: ChatContext | undefined;
  /** Earlier turns of the same conversation, oldest first; at most 200. */
  readonly messages?: readonly ChatMessage[] | undefined;
}

/** Where the user is. Texts of at most 200 characters. */
export interface ChatContext {
  /** `dashboard`, `pricing`, `trial`, `workflows` or any page name of the product. */
  readonly page?: string | undefined;
  readonly user_role?: string | undefined;
  /** For display only. Who asks is the host's `caller`, never this. */
  readonly tenant_id?: string | undefined;
}

/** An earlier turn. */
export interface ChatMessage {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** The answer. */
export interface ChatOutput {
  /** Readable text; may hold Markdown. */
  readonly reply: string;
}

const roleError = 'use "user" or "assistant"; system messages come from the product, not from a request';

/** Schema of {@link ChatInput}; unknown keys are dropped. */
export const chatInputSchema = once(
  (): z.ZodType<ChatInput, ChatInput> =>
    z.object(
      {
        message: requiredText("write something to ask"),
        context: z
          .object(
            {
              page: shortText().optional(),
              user_role: shortText().optional(),
              tenant_id: shortText().optional(),
            },
            { error: "must be an object" },
          )
          .optional(),
        messages: z
          .array(
            z.object(
              {
                role: z.enum(["user", "assistant"], { error: roleError }),
                content: z.string({ error: "must be text" }),
              },
              { error: "must be an object with role and content" },
            ),
            { error: "must be a list of earlier messages" },
          )
          .max(200, { error: "send at most 200 earlier messages" })
          .optional(),
      },
      { error: "send an object with a message" },
    ),
);

/** Schema of {@link ChatOutput}. */
export const chatOutputSchema = once(
  (): z.ZodType<ChatOutput, ChatOutput> =>
    z.object({
      reply: requiredText("the reply is empty"),
    }),
);
