import type { DebugRule } from "../debug-rule.js";

const services = ["openai"];

const models = ["openai", "anthropic", "gemini", "perplexity", "hugging_face"];

const noModel = {
  finding: "the model is not available to this key",
  causes: ["The model's name is misspelled or was retired", "The project has no access to it"],
  fixes: ["List the models with the same key and choose one of them"],
  prevention: ["Keep the model's name in a setting and follow the list of deprecations"],
};

/** OpenAI's error codes, and what other model providers share with it. */
export const modelRules: readonly DebugRule[] = [
  {
    id: "openai-auth",
    services,
    status: [401],
    finding: "OpenAI does not accept the API key",
    causes: ["The key is wrong, deleted or of another organisation or project"],
    fixes: ["Create a new key in the right project and store it as the connection's secret"],
    prevention: ["Use one key per environment, with a spending limit"],
  },
  {
    id: "openai-quota",
    services,
    phrases: ["insufficient quota", "exceeded your current quota", "billing"],
    reach: "alone",
    finding: "the OpenAI account has no credit left",
    causes: ["The prepaid balance or the monthly limit of the project is used up: waiting does not help"],
    fixes: ["Add credit or raise the limit in the billing settings"],
    prevention: ["Set a usage alert below the limit"],
  },
  {
    id: "openai-rate",
    services,
    status: [429],
    finding: "OpenAI's limit of requests or tokens a minute is reached",
    causes: ["Too many or too long prompts in one minute for this model and tier"],
    fixes: ["Wait for the x-ratelimit-reset headers", "Shorten prompts or lower max_tokens"],
    prevention: ["Queue the calls and use a smaller model where it is enough"],
  },
  { id: "openai-404", services, status: [404], ...noModel },
  {
    id: "openai-model",
    services: models,
    phrases: [
      "model not found",
      "does not have access to model",
      "model does not exist",
      "or you do not have access to it",
    ],
    ...noModel,
  },
  {
    id: "openai-tokens-minute",
    services,
    phrases: ["rate limit reached", "tokens per min", "requests per min", "rate limit exceeded"],
    finding: "OpenAI's limit of requests or tokens a minute is reached",
    causes: ["The message names the limit (TPM or RPM) of this model and tier, and how much of it was used"],
    fixes: [
      "Wait for the time that the message and the x-ratelimit-reset headers name",
      "Shorten prompts or lower the tokens to write",
    ],
    prevention: ["Queue the calls and use a smaller model where it is enough"],
  },
  {
    id: "openai-request-size",
    services,
    phrases: ["request too large"],
    reach: "alone",
    finding: "this one request is larger than the limit of a whole minute",
    causes: [
      "Prompt and wished answer together are over the tokens a minute of this tier: waiting does not help",
    ],
    fixes: ["Cut the prompt or split the work", "Lower the tokens to write, or raise the tier"],
    prevention: ["Count tokens before the call"],
  },
  {
    id: "openai-context",
    services: models,
    phrases: [
      "context length", "context length exceeded", "maximum context", "context window", "too many tokens",
      "reduce the length", "prompt is too long",
    ], // biome-ignore format: a list
    reach: "alone",
    finding: "the prompt is longer than the model can read",
    causes: ["The text together with the wished answer is over the model's context window"],
    fixes: ["Cut or summarise the input", "Choose a model with a larger window"],
    prevention: ["Count tokens before the call"],
  },
  {
    id: "openai-parameter",
    services,
    phrases: [
      "unsupported parameter",
      "unsupported value",
      "unknown parameter",
      "unrecognized request argument",
    ],
    finding: "the model does not take this parameter",
    causes: ["Reasoning models take max_completion_tokens instead of max_tokens, and no temperature"],
    fixes: ["Remove or rename the parameter that the message names"],
    prevention: ["Keep parameters beside the model's name in one setting"],
  },
  {
    id: "openai-schema",
    services,
    phrases: [
      "invalid schema for response format",
      "invalid schema for function",
      "invalid function parameters",
    ],
    finding: "the JSON Schema of the answer or tool is not one that strict mode takes",
    causes: ["Strict schemas need additionalProperties: false and every property in “required”"],
    fixes: ["Correct the place that the message names; allow null instead of leaving a property out"],
    prevention: ["Make the schema from types with a library that knows strict mode"],
  },
  {
    id: "openai-tools",
    services,
    phrases: [
      "messages with role tool must be",
      "tool calls must be followed by",
      "did not have response messages",
    ],
    finding: "tool calls and tool results do not fit together",
    causes: [
      "A message with tool_calls is not followed by one result for each tool_call_id, often because history was cut",
    ],
    fixes: ["Send the results of all calls right after the message that asked for them"],
    prevention: ["Cut history only in front of a user message"],
  },
  {
    id: "openai-content",
    services: models,
    phrases: [
      "content policy violation",
      "content filter",
      "content management policy",
      "safety system",
      "content policy",
    ],
    finding: "the safety filter refused the content",
    causes: ["The prompt or the answer falls under the usage policy, sometimes by a single word"],
    fixes: ["Word the request differently, and leave out what is not needed"],
    prevention: ["Check user texts with the moderation endpoint first"],
  },
  {
    id: "openai-region",
    services: models,
    phrases: ["unsupported country region territory", "country region or territory not supported"],
    reach: "alone",
    finding: "{service} does not serve the place the call comes from",
    causes: ["The server's IP address counts as one in a country that is not served"],
    fixes: ["Call {service} from a server in a supported region"],
    prevention: ["Fix the region of the servers that call models"],
  },
  {
    id: "openai-overloaded",
    services: models,
    phrases: [
      "overloaded",
      "overloaded error",
      "engine is currently overloaded",
      "server is currently overloaded",
    ],
    finding: "{service} is overloaded at the moment",
    causes: ["Too many users call this model right now: it does not depend on your limit"],
    fixes: ["Repeat with growing pauses", "Send the call to another model or provider meanwhile"],
    prevention: ["Configure a second model to fail over to"],
  },
];
