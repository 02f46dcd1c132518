import { expectTypeOf, it } from "vitest";
import type * as z from "zod";
import type { ReplyMetadata } from "../../pipeline/task-call.js";
import type { UiMessageChunk } from "../ui-message-chunk.js";
import type { replyMetadataSchema } from "./reply-metadata-schema.js";
import type { streamEventSchema } from "./stream-event-schema.js";

type Metadata = z.infer<typeof replyMetadataSchema>;
type StreamEvent = z.infer<typeof streamEventSchema>;
type KeysOf<Union> = Union extends { readonly type: infer Type } ? [Type, keyof Union] : never;

it("the documented metadata and events have all fields that are sent, and no others", () => {
  expectTypeOf<keyof Metadata>().toEqualTypeOf<keyof ReplyMetadata>();
  expectTypeOf<Metadata["degraded"]>().toEqualTypeOf<ReplyMetadata["degraded"]>();
  expectTypeOf<Metadata["source"]>().toEqualTypeOf<ReplyMetadata["source"]>();
  expectTypeOf<KeysOf<StreamEvent>>().toEqualTypeOf<KeysOf<UiMessageChunk>>();
});
