import type { AnyTask, Task } from "./define-task.js";
import type { SwitchState } from "./kill-switch/kill-switch.js";
import type { Logger } from "./logger.js";
import type { DecisionRecord } from "./pipeline/decision-record.js";
import type { Caller, TaskCall, TaskEvent, TaskReply } from "./pipeline/task-call.js";
import type { FlagValue } from "./policy/policy-document.js";
import type { PolicyStatus } from "./policy/policy-in-force.js";
import type { Routes } from "./route/routes.js";
import type { ChatInput, ChatOutput } from "./tasks/chat/chat-schema.js";
import type { DebugInput, DebugOutput } from "./tasks/debug/debug-schema.js";
import type { OnboardingInput, OnboardingOutput } from "./tasks/onboarding/onboarding-schema.js";
import type {
  IntelligentSearchInput,
  IntelligentSearchOutput,
} from "./tasks/search/intelligent-search-schema.js";
import type {
  RecommendationsInput,
  RecommendationsOutput,
} from "./tasks/search/recommendations/recommendations-schema.js";
import type { SemanticSearchInput, SemanticSearchOutput } from "./tasks/search/semantic-search-schema.js";
import type { WorkflowInput, WorkflowOutput } from "./tasks/workflow/workflow-schema.js";

/** The built-in tasks, by name. */
export interface BuiltInTaskSet {
  readonly chat: Task<"chat", ChatInput, ChatInput, ChatOutput>;
  readonly workflow: Task<"workflow", WorkflowInput, WorkflowInput, WorkflowOutput>;
  readonly debug: Task<"debug", DebugInput, DebugInput, DebugOutput>;
  readonly onboarding: Task<"onboarding", OnboardingInput, OnboardingInput, OnboardingOutput>;
  readonly semantic_search: Task<
    "semantic_search",
    SemanticSearchInput,
    SemanticSearchInput,
    SemanticSearchOutput
  >;
  readonly intelligent_search: Task<
    "intelligent_search",
    IntelligentSearchInput,
    IntelligentSearchInput,
    IntelligentSearchOutput
  >;
  readonly get_recommendations: Task<
    "get_recommendations",
    RecommendationsInput,
    RecommendationsInput,
    RecommendationsOutput
  >;
}

/** A model that calls may go to, as one can name it. */
export interface GatewayTarget {
  /** Unique in the gateway; routes and calls refer to it. */
  readonly name: string;
  readonly provider: string;
  readonly model: string;
}

/** What a gateway tells of its policy. */
export interface GatewayPolicy {
  status(): PolicyStatus;
  /** Every flag, as this caller has it. */
  flagsOf(caller: Caller): Readonly<Record<string, FlagValue>>;
  /** Reads the source now; resolves once a new document is in force, or was refused (see `status`). */
  refresh(): Promise<void>;
}

/** A request that was refused, or failed, before the pipeline. */
export interface RefusedRequest extends Pick<TaskCall, "caller" | "requestId" | "signal"> {
  /** The task that it was for, or a name for what else it was for. */
  readonly task: { readonly name: string };
}

/** Runs typed AI tasks through one admission pipeline. Made by `createAiGateway`. */
export interface AiGateway {
  /** Answers a user's question, from the product's knowledge. Rejects with a `GatewayError`, as all four do. */
  chat(input: ChatInput, call?: TaskCall): Promise<TaskReply<ChatOutput>>;
  /** Turns a sentence into workflow steps. */
  workflow(input: WorkflowInput, call?: TaskCall): Promise<TaskReply<WorkflowOutput>>;
  /** Explains an integration error and how to fix it. */
  debug(input: DebugInput, call?: TaskCall): Promise<TaskReply<DebugOutput>>;
  /** Tells a new user what to do next. */
  onboarding(input: OnboardingInput, call?: TaskCall): Promise<TaskReply<OnboardingOutput>>;
  /** Runs any task: `stream` read to its end. */
  run<WireInput, Input, Output extends object>(
    task: Task<string, WireInput, Input, Output>,
    input: WireInput,
    call?: TaskCall,
  ): Promise<TaskReply<Output>>;
  /**
   * Runs any task and yields its reply as it grows (text and tool calls, or partial objects), then one `finish`.
   * Failures are thrown as `GatewayError`. Stopping early (`break`) aborts the provider's call and settles what was used.
   */
  stream<WireInput, Input, Output extends object>(
    task: Task<string, WireInput, Input, Output>,
    input: WireInput,
    call?: TaskCall,
  ): AsyncGenerator<TaskEvent<Output>, void, void>;
  /**
   * Every registered task by name: the built-in ones and the user's own.
   *
   * @example
   * for await (const event of gateway.stream(gateway.tasks.chat, { message: "Hello" })) …
   */
  readonly tasks: BuiltInTaskSet & Readonly<Record<string, AnyTask>>;
  /** Every target, in the order of the options. */
  readonly targets: readonly GatewayTarget[];
  /**
   * Changes where calls go, from the next call on: raises a canary, takes a target out, gives a task another tier.
   *
   * @throws `invalid_config` with every mistake; then the routes stay as they are
   * @example
   * gateway.setRoutes({ default: [{ stable: 50, canary: 50 }, "backup"] });
   */
  setRoutes(routes: Routes): void;
  /** The policy document that is in force; without `policy` in the options there is none. */
  readonly policy: GatewayPolicy;
  /** Whether a task may call a model for this caller now: to hide what is switched off. */
  switchState(task: string, caller?: Caller): Promise<SwitchState>;
  /** The decision record of a request (the `X-Request-Id` of its reply); nothing when it is not kept (any more). */
  findDecision(requestId: string): Promise<DecisionRecord | undefined>;
  /**
   * Writes down a request that ended before it became a call, as calls are written down: audit, trace, metrics, decision.
   * For whoever serves the gateway; `core/http` does it. Resolves when the audit sink has the record, or has failed.
   *
   * @throws `switched_off` after `close`.
   */
  recordRefusal(error: unknown, request: RefusedRequest): Promise<void>;
  readonly logger: Logger;
  /**
   * Refuses new calls, waits up to ten seconds for those in flight, aborts the rest (they are settled and audited too), and
   * writes what audit, budget and decision store still hold.
   */
  close(): Promise<void>;
}
