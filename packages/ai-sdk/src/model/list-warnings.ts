import type { GatewayModelOptions, GatewayModelTool, GatewayModelWarning } from "./gateway-model.js";

const settings = [
  "stopSequences",
  "topP",
  "topK",
  "presencePenalty",
  "frequencyPenalty",
  "seed",
  "includeRawChunks",
  "providerOptions",
] as const satisfies readonly (keyof GatewayModelOptions)[];

/** Everything that was asked for and is not done. */
export function listWarnings(
  options: GatewayModelOptions,
  about: { readonly maxOutputTokens: number; readonly dropsReasoning: boolean },
): GatewayModelWarning[] {
  const { reasoning = "provider-default", maxOutputTokens = 0, responseFormat, tools = [] } = options;
  return [
    ...settings.filter((name) => isAskedFor(options[name])).map((name) => unsupported(name)),
    ...(reasoning === "provider-default" ? [] : [unsupported("reasoning")]),
    ...Object.keys(options.headers ?? {})
      .filter((name) => name.toLowerCase() !== "user-agent") // the AI SDK's own
      .map((name) => unsupported(`header ${name}`)),
    ...tools.flatMap(toolWarnings),
    ...(maxOutputTokens > about.maxOutputTokens
      ? [other(`maxOutputTokens is ${about.maxOutputTokens}: the task allows no more.`)]
      : []),
    ...(about.dropsReasoning ? [other("Reasoning of earlier turns is not sent.")] : []),
    ...(responseFormat?.type === "json" && responseFormat.schema === undefined
      ? [other("JSON without a schema is asked for as an object.")]
      : []),
  ];
}

/** The AI SDK passes some settings on as empty values. */
function isAskedFor(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== false;
}

function toolWarnings({ type, name, strict, inputExamples }: GatewayModelTool): GatewayModelWarning[] {
  if (type !== "function")
    return [unsupported(`tool ${name}`, "A vendor's own tool: the gateway does not see what it does.")];
  return [
    ...(strict === true ? [unsupported(`strict of tool ${name}`)] : []),
    ...(isAskedFor(inputExamples) ? [unsupported(`inputExamples of tool ${name}`)] : []),
  ];
}

const unsupported = (feature: string, details?: string): GatewayModelWarning => ({
  type: "unsupported",
  feature,
  ...(details === undefined ? {} : { details }),
});

const other = (message: string): GatewayModelWarning => ({ type: "other", message });
