import type { ClientError, DeepPartial, DegradedReason, TaskReply, TaskRunState } from "@levqor/core/client";

/** A task run as a component reads it; `status` narrows the rest. */
export type TaskView<Input, Output extends object> =
  | IdleView
  | LoadingView<Input, Output>
  | SuccessView<Input, Output>
  | ErrorView<Input, Output>
  | StoppedView<Input, Output>;

/** What every view has. */
interface AnyView<Status extends string, Input> {
  readonly status: Status;
  /** What was last started. */
  readonly input: Input;
  /** The whole reply, when it is there. */
  readonly data: undefined;
  /** What went wrong; `error.message` is safe to show. */
  readonly error: undefined;
  /** Text so far, of tasks that answer in words; empty for others, and once `data` is there. */
  readonly partialText: string;
  /** The output so far, of the other tasks, until `data` is there; it stays when the call fails or is stopped. */
  readonly partial: undefined;
  readonly isLoading: boolean;
  /** Why `data` is a local answer in place of a model's; a page tells its user. */
  readonly degraded: undefined;
}

/** Nothing was started yet. */
export type IdleView = AnyView<"idle", undefined> & { readonly isLoading: false };

/** A view of a call that is not whole (yet): of `partial`, anything may still be missing. */
type UnfinishedView<Status extends string, Input, Output extends object> = Omit<
  AnyView<Status, Input>,
  "partial"
> & { readonly partial: DeepPartial<Output> | undefined };

/** A call is running. */
export type LoadingView<Input, Output extends object = object> = UnfinishedView<"loading", Input, Output> & {
  readonly isLoading: true;
};

/** The reply is there. */
export type SuccessView<Input, Output extends object> = Omit<
  AnyView<"success", Input>,
  "data" | "degraded"
> & {
  readonly data: TaskReply<Output>;
  readonly degraded: DegradedReason | undefined;
  readonly isLoading: false;
};

/** The call failed; `retry` makes it again. */
export type ErrorView<Input, Output extends object = object> = Omit<
  UnfinishedView<"error", Input, Output>,
  "error"
> & { readonly error: ClientError; readonly isLoading: false };

/** The user stopped the call. */
export type StoppedView<Input, Output extends object = object> = UnfinishedView<"stopped", Input, Output> & {
  readonly isLoading: false;
};

/** Reads a run's state. */
export function taskView<Input, Output extends object>(
  state: TaskRunState<Input, Output>,
): TaskView<Input, Output> {
  const rest = {
    data: undefined,
    error: undefined,
    degraded: undefined,
    partialText: "",
    partial: undefined,
  } as const;
  switch (state.status) {
    case "idle":
      return { ...rest, status: "idle", input: undefined, isLoading: false };
    case "loading":
      return { ...rest, ...state, isLoading: true };
    case "success": {
      const { status, input, reply } = state;
      return { ...rest, status, input, data: reply, degraded: reply.metadata.degraded, isLoading: false };
    }
    case "error":
      return { ...rest, ...state, isLoading: false };
    case "stopped":
      return { ...rest, ...state, isLoading: false };
  }
}
