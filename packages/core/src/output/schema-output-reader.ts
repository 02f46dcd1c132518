import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { DeepPartial } from "../deep-partial.js";
import type { Task } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import { namedPlaces } from "../errors/named-places.js";
import { createPartialOutputSchema, type PartialOutputSchema } from "./create-partial-output-schema.js";
import type { Misfit, OutputReader, OutputReading, RawReply } from "./output-reader.js";
import { parseJsonReply } from "./parse-json-reply.js";

/** The default reader: parses leniently, then holds the task's own schema against the restored value. */
export function schemaOutputReader(): OutputReader {
  const partialSchemas = new WeakMap<object, PartialOutputSchema | undefined>();

  /** Made when it is first needed. */
  function partialSchemaOf(task: Pick<Task, "output" | "outputJsonSchema">): PartialOutputSchema | undefined {
    if (!partialSchemas.has(task)) partialSchemas.set(task, createPartialOutputSchema(task));
    return partialSchemas.get(task);
  }

  return {
    async read({ reply, ...reading }) {
      const { task, restore, restoreJson } = reading;
      const restored = withToolCalls(restore(unread(reply, task)), task, { reply, restoreJson });
      return reply.value === undefined ? outputOf(restored, reading) : checked(restored, reading);
    },
    async readPartial<Input, Output extends object>({
      text,
      ...reading
    }: OutputReading<Input, Output> & { readonly text: string }) {
      const { task, restore } = reading;
      if (task.textField !== undefined) return undefined;
      const read =
        task.fromModel === undefined
          ? partialSchemaOf(task)?.fitting
          : (written: unknown) => outputOf(written, reading);
      try {
        const partial = await read?.(restore(parseJsonReply(text, true)));
        return partial as DeepPartial<Output> | undefined; // it fits, see above
      } catch {
        return undefined; // whatever is wrong with it shows at its end
      }
    },
  };
}

/** Makes the output of what a model wrote. */
async function outputOf<Input, Output extends object>(
  written: unknown,
  reading: OutputReading<Input, Output>,
): Promise<Output> {
  const { fromModel } = reading.task;
  if (fromModel === undefined) return checked(written, reading);
  const { input, context } = reading;
  const fitting = await validated(fromModel.schema, written, reading.task);
  return checked(await fromModel.complete(fitting, input, context), reading);
}

async function checked<Input, Output extends object>(
  candidate: unknown,
  { task, input }: OutputReading<Input, Output>,
): Promise<Output> {
  const output = await validated(task.output, candidate, task);
  const complaint = task.check?.(output, input);
  // What it complains of may be what a user wrote, and messages are logged.
  if (complaint !== undefined)
    throw new GatewayError("invalid_output", "The task's own check refused the reply.");
  return output;
}

async function validated<Value>(
  schema: StandardSchemaV1<unknown, Value>,
  value: unknown,
  task: NamingTask,
): Promise<Value> {
  const result = await schema["~standard"].validate(value);
  if (result.issues !== undefined) throw misfit(result.issues, task);
  return result.value;
}

function unread(reply: RawReply, { textField, toolCallsField }: Fields): unknown {
  if (reply.value !== undefined) return reply.value;
  const text = reply.text ?? "";
  if (textField === undefined) return parseJsonReply(text, reply.cutOff);
  const isCall = toolCallsField !== undefined && reply.toolCalls !== undefined;
  if (text.trim() === "" && !isCall) throw new GatewayError("invalid_output", "The reply is empty.");
  return { [textField]: text };
}

/** Tool calls are restored by themselves: their arguments are JSON in a text. */
function withToolCalls(
  value: unknown,
  { toolCallsField }: Fields,
  { reply, restoreJson }: { readonly reply: RawReply; readonly restoreJson: (text: string) => string },
): unknown {
  if (toolCallsField === undefined || reply.value !== undefined) return value;
  const { toolCalls = [] } = reply;
  const calls = toolCalls.map((call) => ({ ...call, arguments: restoreJson(call.arguments) }));
  return { ...Object(value), [toolCallsField]: calls };
}

type Fields = Pick<Task, "textField" | "toolCallsField">;

/** What says which keys are the task's own. */
type NamingTask = Pick<Task, "outputJsonSchema"> & Fields;

/** Names the places only, and of them what the task knows: a schema's message, or a key, may quote what the model wrote. */
function misfit(
  issues: readonly StandardSchemaV1.Issue[],
  { outputJsonSchema, textField = "", toolCallsField = "" }: NamingTask,
): GatewayError {
  const cause: Misfit = { places: issues.map(({ path = [] }) => path.map(toKey)) };
  const schema = outputJsonSchema ?? { properties: { [textField]: {}, [toolCallsField]: {} } };
  const places = namedPlaces(cause.places, schema).join(", ");
  return new GatewayError("invalid_output", `The reply does not fit the task's output at: ${places}`, {
    cause,
  });
}

function toKey(segment: PropertyKey | StandardSchemaV1.PathSegment): string | number {
  const key = typeof segment === "object" ? segment.key : segment;
  return typeof key === "symbol" ? String(key) : key;
}
