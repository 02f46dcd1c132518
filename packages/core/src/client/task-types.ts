import type { AnyTask } from "../define-task.js";
import type { ChatInput, ChatOutput } from "../tasks/chat/chat-schema.js";
import type { DebugInput, DebugOutput } from "../tasks/debug/debug-schema.js";
import type { OnboardingInput, OnboardingOutput } from "../tasks/onboarding/onboarding-schema.js";
import type {
  IntelligentSearchInput,
  IntelligentSearchOutput,
} from "../tasks/search/intelligent-search-schema.js";
import type {
  RecommendationsInput,
  RecommendationsOutput,
} from "../tasks/search/recommendations/recommendations-schema.js";
import type { SemanticSearchInput, SemanticSearchOutput } from "../tasks/search/semantic-search-schema.js";
import type { WorkflowInput, WorkflowOutput } from "../tasks/workflow/workflow-schema.js";

/** What one task takes and gives, on the wire. */
export interface TaskTypes {
  readonly input: unknown;
  readonly output: object;
}

/** The tasks that every gateway has. */
export interface BuiltInTasks {
  readonly chat: { readonly input: ChatInput; readonly output: ChatOutput };
  readonly workflow: { readonly input: WorkflowInput; readonly output: WorkflowOutput };
  readonly debug: { readonly input: DebugInput; readonly output: DebugOutput };
  readonly onboarding: { readonly input: OnboardingInput; readonly output: OnboardingOutput };
  readonly semantic_search: { readonly input: SemanticSearchInput; readonly output: SemanticSearchOutput };
  readonly intelligent_search: {
    readonly input: IntelligentSearchInput;
    readonly output: IntelligentSearchOutput;
  };
  readonly get_recommendations: {
    readonly input: RecommendationsInput;
    readonly output: RecommendationsOutput;
  };
}

/** Name of a task that every gateway has. */
export type BuiltInTaskName = keyof BuiltInTasks;

/** A task that nothing is known about. */
export interface UnknownTask {
  readonly input: unknown;
  readonly output: Readonly<Record<string, unknown>>;
}

/**
 * The wire types of a task that was made with `defineTask`; import the task as a type only, so that no server code
 * comes along.
 *
 * @example
 * import type { summarize } from "../server/summarize.js";
 * const client = createAiClient<{ summarize: TypesOfTask<typeof summarize> }>();
 */
export interface TypesOfTask<Definition extends AnyTask> {
  readonly input: NonNullable<Definition["input"]["~standard"]["types"]>["input"];
  readonly output: NonNullable<Definition["output"]["~standard"]["types"]>["output"];
}

/** Names to offer while typing: the built-in ones and the product's own; any other string is allowed. */
export type TaskName<Tasks> = BuiltInTaskName | (keyof Tasks & string) | (string & {});

/** Types of the task called `Name`: the product's own first, then the built-in ones. */
export type TypesOfName<Tasks, Name extends string> = Name extends keyof Tasks
  ? Tasks[Name] extends TaskTypes
    ? Tasks[Name]
    : UnknownTask
  : Name extends BuiltInTaskName
    ? BuiltInTasks[Name]
    : UnknownTask;
