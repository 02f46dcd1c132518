import {
  type AiGateway,
  type Caller,
  type ConversationTask,
  conversationTask,
  type GoverningTask,
  invalidConfig,
  type TaskCall,
} from "@levqor/core";
import { createModel } from "./create-model.js";
import type { GatewayModel } from "./gateway-model.js";

/** Options of {@link withModels}. */
export interface WithModelsOptions<Specification extends "v3" | "v4" = "v3"> {
  /** What the AI SDK you have takes: 6 takes `v3`, 7 takes both. @default "v3" */
  readonly specification?: Specification | undefined;
  /**
   * What governs models that are named by their target: limits, budgets, switches and audit know them by its name.
   *
   * @default { name: "model", allow: "authenticated", maxOutputTokens: 4096 }
   */
  readonly targetTask?: GoverningTask | undefined;
}

/** Who uses a model, until when, and what the masker is told of it. */
export interface ModelCall extends Pick<TaskCall, "conversation" | "known"> {
  /** From your own authentication, never from a request body; `{}` is an anonymous one. */
  readonly caller: Caller;
  /** Aborts every call of the model, beside the `abortSignal` of the AI SDK. */
  readonly signal?: AbortSignal | undefined;
  /** Names of the targets it may go to, in order; only when it is named by a task. @default the task's routes */
  readonly targets?: readonly string[] | undefined;
}

/** What {@link withModels} adds to a gateway. */
export interface ModelSource<Specification extends "v3" | "v4" = "v3"> {
  /**
   * A language model of the AI SDK whose every call passes the gateway: for `streamText`, `generateText` and agents.
   * Make one per request: it acts for one caller. `name` is a task's, whose rules then hold for the AI SDK's own prompts
   * and whose local answer stands in; or else a target's, to which it is pinned.
   *
   * @throws `invalid_config` for a name that is neither, or without a caller
   * @example
   * const { textStream } = streamText({ model: gateway.model("chat", { caller }), prompt: "Hello" });
   */
  model(name: string, call: ModelCall): GatewayModel<Specification>;
}

const defaultTargetTask: GoverningTask = { name: "model", allow: "authenticated", maxOutputTokens: 4096 };

/**
 * The gateway with one method more: {@link ModelSource.model}.
 *
 * @throws `invalid_config` when `specification` is another than `v3` and `v4`
 * @example
 * const gateway = withModels(createAiGateway({ provider }));
 */
export function withModels<Gateway extends AiGateway, Specification extends "v3" | "v4" = "v3">(
  gateway: Gateway,
  options: WithModelsOptions<Specification> = {},
): Gateway & ModelSource<Specification> {
  const { specification = "v3" as Specification, targetTask = defaultTargetTask } = options; // as: the type's default
  if (specification !== "v3" && specification !== "v4") {
    throw invalidConfig("withModels", ["specification: must be v3 or v4"]);
  }
  const direct = conversationTask(targetTask);
  const conversations = new Map<string, ConversationTask>();
  const conversationOf = (name: string): ConversationTask | undefined => {
    const known = conversations.get(name);
    const task = Object.hasOwn(gateway.tasks, name) ? gateway.tasks[name] : undefined;
    if (known !== undefined || task === undefined) return known;
    const made = conversationTask(task);
    conversations.set(name, made);
    return made;
  };
  return {
    ...gateway,
    model(name, { caller, signal, targets, conversation, known } = {} as ModelCall) {
      // as: a program without types
      if (caller === undefined)
        throw invalidConfig("gateway.model", ["caller: is missing; {} is an anonymous one"]);
      const parts = { gateway, specification, name };
      const call = { caller, signal, targets, conversation, known };
      const task = conversationOf(name);
      if (task !== undefined) return createModel({ ...parts, task, call });
      const isTarget = gateway.targets.some((target) => target.name === name);
      if (isTarget) return createModel({ ...parts, task: direct, call: { ...call, targets: [name] } });
      throw invalidConfig("gateway.model", [unknownName(name, gateway)]);
    },
  };
}

function unknownName(name: string, { tasks, targets }: AiGateway): string {
  const list = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));
  const known = list(targets.map((target) => target.name));
  return `name: there is no "${name}"; tasks are ${list(Object.keys(tasks))}; targets are ${known}`;
}
