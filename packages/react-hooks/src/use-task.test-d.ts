import type {
  ChatContext,
  ClientError,
  TaskReply,
  TypesOfTask,
  WorkflowInput,
  WorkflowOutput,
} from "@levqor/core/client";
import { describe, expectTypeOf, it } from "vitest";
import { useAiChat } from "./use-ai-chat.js";
import { useAiClient } from "./use-ai-client.js";
import { useAiSearch } from "./use-ai-search.js";
import { useDebugAssistant } from "./use-debug-assistant.js";
import { useOnboarding } from "./use-onboarding.js";
import { useRecommendations } from "./use-recommendations.js";
import { useTask } from "./use-task.js";
import { useWorkflowBuilder } from "./use-workflow-builder.js";

describe("a task hook", () => {
  it("narrows by status", () => {
    const builder = useWorkflowBuilder();
    expectTypeOf(builder.start).parameter(0).toEqualTypeOf<WorkflowInput>();
    expectTypeOf(builder.data).toEqualTypeOf<TaskReply<WorkflowOutput> | undefined>();
    if (builder.status === "success") {
      expectTypeOf(builder.data.workflow.steps[0]?.type).toEqualTypeOf<
        "trigger" | "condition" | "action" | undefined
      >();
      expectTypeOf(builder.error).toEqualTypeOf<undefined>();
    }
    if (builder.status === "error") expectTypeOf(builder.error).toEqualTypeOf<ClientError>();
    const { status, data } = useDebugAssistant();
    if (status === "success") expectTypeOf(data.steps_to_fix).toEqualTypeOf<readonly string[]>();
  });

  it("has the output as it grows, of which anything may be missing, until it is whole", () => {
    const builder = useWorkflowBuilder({ persist: "builder" });
    expectTypeOf(builder.partial?.workflow?.steps?.[0]?.description).toEqualTypeOf<string | undefined>();
    if (builder.status === "loading" || builder.status === "error" || builder.status === "stopped") {
      expectTypeOf(builder.partial?.explanation).toEqualTypeOf<string | undefined>();
      expectTypeOf(builder.data).toEqualTypeOf<undefined>();
    }
    if (builder.status === "success" || builder.status === "idle")
      expectTypeOf(builder.partial).toEqualTypeOf<undefined>();
    const own = useTask<{ input: string; output: { summary: string } }>("summarize", { persist: "page" });
    expectTypeOf(own.partial).toEqualTypeOf<{ readonly summary?: string } | undefined>();
    // @ts-expect-error a place has a name
    useTask("chat", { persist: true });
  });

  it("checks its input", () => {
    // @ts-expect-error an error type is needed
    useDebugAssistant().start({ message: "401" });
    useOnboarding().start({ stage: "first_login", context: { has_connected_tool: true } });
    // @ts-expect-error there is no such task hook argument
    useOnboarding("first_login");
  });

  it("of a search is typed by whether it reads filters", () => {
    const plain = useAiSearch();
    if (plain.status === "success")
      expectTypeOf(plain.data.results[0]?.snippet).toEqualTypeOf<string | undefined>();
    const filtered = useAiSearch({ filters: true });
    if (filtered.status === "success")
      expectTypeOf(filtered.data.structured_query.from).toEqualTypeOf<string | undefined>();
    const either = useAiSearch({ filters: plain.isLoading });
    either.start({ query: "x", limit: 3 });
    if (either.status === "success" && "structured_query" in either.data)
      expectTypeOf(either.data.explanation).toEqualTypeOf<string>();
    useRecommendations().start({ item_ids: ["a"], limit: 3 });
    // @ts-expect-error a query is needed
    plain.start({});
  });

  it("is typed by a built-in name, by given types, or not at all", () => {
    expectTypeOf(useTask("chat").start).parameter(0).toHaveProperty("message");
    const own = useTask<{ input: { text: string }; output: { summary: string } }>("summarize");
    expectTypeOf(own.start).parameter(0).toEqualTypeOf<{ text: string }>();
    if (own.status === "success") expectTypeOf(own.data.summary).toEqualTypeOf<string>();
    expectTypeOf(useTask("summarize").start).parameter(0).toEqualTypeOf<unknown>();
  });
});

describe("other hooks", () => {
  it("type the conversation and the client", () => {
    expectTypeOf(useAiChat)
      .parameter(0)
      .toEqualTypeOf<
        { readonly context?: ChatContext | undefined; readonly persist?: string | undefined } | undefined
      >();
    expectTypeOf(useAiChat().status).toEqualTypeOf<"ready" | "submitted" | "streaming" | "error">();
    const client = useAiClient<{ summarize: { input: { text: string }; output: { summary: string } } }>();
    expectTypeOf(client.run("summarize", { text: "x" }))
      .resolves.toHaveProperty("summary")
      .toEqualTypeOf<string>();
    expectTypeOf<TypesOfTask<never>>().not.toBeAny();
  });
});
