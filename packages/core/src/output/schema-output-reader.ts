import type { StandardSchemaV1 } from "@standard-schema/spec";
import { GatewayError } from "../errors/gateway-error.js";
import type { Misfit, OutputReader, RawReply } from "./output-reader.js";
import { parseJsonReply } from "./parse-json-reply.js";

/** The default reader: parses leniently, then holds the task's own schema against the restored value. */
export function schemaOutputReader(): OutputReader {
  return {
    async read({ task, input, reply, restore, context }) {
      const restored = restore(unread(reply, task.textField));
      const fromModel = reply.value === undefined ? task.fromModel : undefined;
      const candidate =
        fromModel === undefined
          ? restored
          : await fromModel.complete(await validated(fromModel.schema, restored), input, context);
      const output = await validated(task.output, candidate);
      const complaint = task.check?.(output, input);
      // What it complains of may be what a user wrote, and messages are logged.
      if (complaint !== undefined)
        throw new GatewayError("invalid_output", "The task's own check refused the reply.");
      return output;
    },
  };
}

async function validated<Value>(schema: StandardSchemaV1<unknown, Value>, value: unknown): Promise<Value> {
  const result = await schema["~standard"].validate(value);
  if (result.issues !== undefined) throw misfit(result.issues);
  return result.value;
}

function unread(reply: RawReply, textField: string | undefined): unknown {
  if (reply.value !== undefined) return reply.value;
  const text = reply.text ?? "";
  if (textField === undefined) return parseJsonReply(text, reply.cutOff);
  if (text.trim() === "") throw new GatewayError("invalid_output", "The reply is empty.");
  return { [textField]: text };
}

/** Names the places only: a schema's message may quote what the model wrote. */
function misfit(issues: readonly StandardSchemaV1.Issue[]): GatewayError {
  const cause: Misfit = { places: issues.map(({ path = [] }) => path.map(toKey)) };
  const places = cause.places.map((place) => place.join(".")).join(", ");
  return new GatewayError(
    "invalid_output",
    `The reply does not fit the task's output at: ${places || "(root)"}`,
    {
      cause,
    },
  );
}

function toKey(segment: PropertyKey | StandardSchemaV1.PathSegment): string | number {
  const key = typeof segment === "object" ? segment.key : segment;
  return typeof key === "symbol" ? String(key) : key;
}
