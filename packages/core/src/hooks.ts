import type { DecisionRecord } from "./pipeline/decision-record.js";
import type { Caller } from "./pipeline/task-call.js";
import type { Prompt } from "./provider/provider.js";

/**
 * Three moments to watch a call from. A hook sees masked values only and can't change or delay a call: what it
 * throws is logged, and what it returns is not awaited.
 */
export interface GatewayHooks {
  /** The masked prompt is ready and paid for. */
  readonly beforeRoute?:
    | ((event: {
        readonly requestId: string;
        readonly task: string;
        readonly caller: Caller;
        readonly prompt: Prompt;
      }) => void | Promise<void>)
    | undefined;
  /** A reply was accepted; `reply` is still masked. */
  readonly afterOutput?:
    | ((event: {
        readonly requestId: string;
        readonly task: string;
        readonly caller: Caller;
        readonly reply: unknown;
      }) => void | Promise<void>)
    | undefined;
  /** The call is over, whatever came of it. */
  readonly onSettled?: ((decision: Readonly<DecisionRecord>) => void | Promise<void>) | undefined;
}
