import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { AnyTask } from "../../define-task.js";
import { jsonSchemaOf } from "../../json-schema-of.js";
import type { JsonSchema } from "../../provider/provider.js";
import { defaultSecuritySchemes } from "./default-security-schemes.js";
import { errorRefs, errorResponses, errorSchema } from "./error-responses.js";
import { rebaseReferences } from "./rebase-references.js";
import { replyMetadataSchema } from "./reply-metadata-schema.js";
import { replySchema } from "./reply-schema.js";
import { callParameters, resumeParameters, stopParameters, streamId } from "./request-parameters.js";
import { headerRefs, responseHeaders } from "./response-headers.js";
import { streamEventSchema } from "./stream-event-schema.js";
import { uiChatRequestSchema } from "./ui-chat-request-schema.js";

/** What the document says about the product that serves it. */
export interface OpenApiOptions {
  /** @default "AI gateway" */
  readonly title?: string | undefined;
  /** Version of the product's API. @default "1" */
  readonly version?: string | undefined;
  /** Where the endpoints are: an address, or relative to the document's own. @default ".": beside the document */
  readonly serverUrl?: string | undefined;
  /**
   * How callers say who they are, as OpenAPI's Security Scheme Objects by name.
   * @default bearer token, API key and signature, of which `identify` takes what it takes
   */
  readonly securitySchemes?: Readonly<Record<string, object>> | undefined;
}

/** An OpenAPI document. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/**
 * Describes the endpoints of tasks as OpenAPI 3.1: what each takes and answers, plainly and as a stream, and how it
 * fails. A schema that can't be written as JSON Schema is one that allows everything.
 */
export function openApiDocument(tasks: readonly AnyTask[], options: OpenApiOptions = {}): OpenApiDocument {
  const { title = "AI gateway", version = "1", serverUrl = "." } = options;
  const { securitySchemes = defaultSecuritySchemes } = options;
  const names = Object.keys(securitySchemes);
  return {
    openapi: "3.1.0",
    info: { title, version },
    servers: [{ url: serverUrl }],
    security: [{}, ...names.map((name) => ({ [name]: [] }))],
    paths: Object.fromEntries(
      tasks.flatMap((task) => [
        [`/${task.path}`, { post: runOperation(task, names) }],
        [
          `/${task.path}/{stream_id}/stream`,
          { parameters: [streamId], get: resumeOperation(task), delete: stopOperation(task) },
        ],
      ]),
    ),
    components: {
      schemas: {
        Error: errorSchema,
        ReplyMetadata: component("ReplyMetadata", jsonSchemaOf(replyMetadataSchema, "input")),
        StreamEvent: component("StreamEvent", jsonSchemaOf(streamEventSchema, "input")),
        UiChatRequest: uiChatRequestSchema,
        ...Object.assign({}, ...tasks.map(taskSchemas)),
      },
      responses: errorResponses,
      headers: responseHeaders,
      securitySchemes,
    },
  };
}

const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const component = (name: string, schema: JsonSchema = {}) =>
  rebaseReferences(schema, `#/components/schemas/${name}`) as JsonSchema; // as: a schema's copy is one

/** No task's name has a dot, so these names are nobody else's. */
const inputName = ({ name }: AnyTask) => `${name}.input`;
const outputName = ({ name }: AnyTask) => `${name}.reply`;

function taskSchemas(task: AnyTask): Readonly<Record<string, JsonSchema>> {
  const input: StandardSchemaV1 = task.input;
  const output: StandardSchemaV1 = task.output;
  return {
    [inputName(task)]: component(inputName(task), jsonSchemaOf(input, "input")),
    [outputName(task)]: replySchema(component(outputName(task), jsonSchemaOf(output, "output"))),
  };
}

function runOperation(task: AnyTask, securityNames: readonly string[]): object {
  const input = schemaRef(inputName(task));
  const isText = task.textField !== undefined;
  const isOpen = task.allow === "anyone" || typeof task.allow === "function";
  return {
    operationId: task.name,
    summary: `Runs the task ${task.name}.`,
    ...(isOpen ? {} : { security: securityNames.map((name) => ({ [name]: [] })) }),
    parameters: callParameters,
    requestBody: {
      required: true,
      content: {
        "application/json": { schema: isText ? { anyOf: [input, schemaRef("UiChatRequest")] } : input },
      },
    },
    responses: {
      200: {
        description: "The reply: as JSON, or as a stream for a client that accepts text/event-stream.",
        headers: headerRefs("X-Request-Id", "RateLimit", "RateLimit-Policy"),
        content: { "application/json": { schema: schemaRef(outputName(task)) }, ...eventStream },
      },
      ...errorRefs,
    },
  };
}

const resumeOperation = ({ name }: AnyTask) => ({
  operationId: `${name}.resume`,
  summary: "Reads on in a stream after a lost connection.",
  parameters: resumeParameters,
  responses: {
    200: {
      description: "What was missed, and the rest as it comes.",
      headers: headerRefs("X-Request-Id"),
      content: eventStream,
    },
    204: { description: "There is no such stream (any more).", headers: headerRefs("X-Request-Id") },
    ...errorRefs,
  },
});

const stopOperation = ({ name }: AnyTask) => ({
  operationId: `${name}.stop`,
  summary: "Stops a stream, if it runs.",
  parameters: stopParameters,
  responses: { 204: { description: "Done.", headers: headerRefs("X-Request-Id") }, ...errorRefs },
});

/**
 * Each event is `id: <number>`, `data: <StreamEvent>` and an empty line; a line that begins with a colon keeps it alive.
 */
const eventStream = {
  "text/event-stream": {
    schema: {
      type: "string",
      description:
        "Server-sent events. The data of each is a StreamEvent in JSON; that of the last is [DONE].",
      contentMediaType: "text/event-stream",
    },
  },
};
