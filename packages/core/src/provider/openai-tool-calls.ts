import { GatewayError } from "../errors/gateway-error.js";
import type { FinishReason, ProviderEvent } from "./provider.js";

/** A call, or a piece of one, as the wire has it. Only the first piece has an id and a name. */
interface ToolCallPiece {
  /** Which call of the reply this is a piece of. @default its place in the list: compatible servers leave it out */
  readonly index?: number | undefined;
  readonly id?: string | undefined;
  readonly function?:
    | { readonly name?: string | undefined; readonly arguments?: string | undefined }
    | undefined;
}

interface OpenCall {
  readonly id: string;
  readonly name: string;
  text: string;
}

/** The tool calls of one reply, made from pieces. */
export interface ToolCallCollector {
  readonly count: number;
  add(pieces: readonly ToolCallPiece[]): Generator<ProviderEvent>;
  /** Ends the calls. The wire has no end mark for one call, so that they all end with the reply. */
  end(reason: FinishReason): Generator<ProviderEvent>;
}

/** Turns pieces of tool calls into events. */
export function collectToolCalls(): ToolCallCollector {
  const calls: OpenCall[] = [];
  const byIndex = new Map<number, OpenCall>();
  return {
    get count() {
      return calls.length;
    },
    *add(pieces) {
      for (const [place, piece] of pieces.entries()) {
        const index = piece.index ?? place;
        let call = byIndex.get(index);
        if (call === undefined || (piece.id && piece.id !== call.id)) {
          call = openCall(piece);
          calls.push(call);
          byIndex.set(index, call);
          yield { type: "tool-call-start", id: call.id, name: call.name };
        }
        const delta = piece.function?.arguments ?? "";
        if (delta === "") continue;
        call.text += delta;
        yield { type: "tool-call-delta", id: call.id, delta };
      }
    },
    *end(reason) {
      for (const { id, name, text } of reason === "length" ? calls.slice(0, -1) : calls) {
        if (text === "") yield { type: "tool-call-delta", id, delta: "{}" };
        yield { type: "tool-call-end", id, name, arguments: text || "{}" };
      }
    },
  };
}

function openCall({ id, function: called }: ToolCallPiece): OpenCall {
  if (id && called?.name) return { id, name: called.name, text: "" };
  throw new GatewayError("provider_malformed", "A tool call has no id or names no function.");
}
