import type { RoutePart } from "../route/router.js";
import type { ReplyPart } from "./task-call.js";

/** Takes parts of a reply that its caller reads as it grows; resolves when they are read. */
export type ShowReply<Output extends object> = (parts: readonly ReplyPart<Output>[]) => Promise<void>;

/** Makes what a caller may see of what a model writes. One for each call. */
export interface ShownParts<Output extends object> {
  /** What can be shown now that `part` has come. */
  push(part: RoutePart): ReplyPart<Output>[] | Promise<ReplyPart<Output>[]>;
  /** What was held back; due when the model has finished. */
  end(): ReplyPart<Output>[];
}
