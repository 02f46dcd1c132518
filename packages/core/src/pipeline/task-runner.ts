import type { Task } from "../define-task.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { AiGateway } from "../gateway.js";
import type { CallRegister } from "./call-register.js";
import { createHandover, type Handover } from "./handover.js";
import { runPipeline } from "./run-pipeline.js";
import type { Services } from "./services.js";
import type { ShowReply } from "./shown-parts.js";
import type { TaskCall, TaskEvent } from "./task-call.js";
import { toPipelineCall } from "./to-pipeline-call.js";

/** Runs tasks through the one pipeline: `run` is `stream` whose parts nobody reads. */
export function taskRunner(calls: CallRegister, services: Services): Pick<AiGateway, "run" | "stream"> {
  const start = <WireInput, Input, Output extends object>(
    task: Task<string, WireInput, Input, Output>,
    input: WireInput,
    { options, reader }: Asked<Output>,
  ) => {
    if (typeof task !== "object") throw invalidConfig("gateway.run", [notATask]);
    return calls.track((signal) => {
      const call = toPipelineCall(task, options, { incremental: reader !== undefined, signal, services });
      const show = reader ? showTo(reader, signal) : showNothing;
      return runPipeline(task, input, { call, services, show });
    }, options.signal);
  };
  return {
    run: async (task, input, options = {}) => start(task, input, { options }),
    stream<WireInput, Input, Output extends object>(
      task: Task<string, WireInput, Input, Output>,
      input: WireInput,
      options: TaskCall = {},
    ) {
      const reader = createHandover<TaskEvent<Output>>();
      return reader.take(async () => {
        const reply = await start(task, input, { options, reader });
        await reader.give([{ type: "finish", reply }]);
      });
    },
  };
}

const notATask = "task: pass a task made by defineTask() or one of gateway.tasks, not its name";

/** A call as it was asked, and who reads its reply as it grows. */
interface Asked<Output extends object> {
  readonly options: TaskCall;
  readonly reader?: Handover<TaskEvent<Output>>;
}

const showNothing = async () => {};

/** Shows nothing more of a call once it is aborted. If it had its answer by then, its `finish` is still due. */
function showTo<Output extends object>(
  { give, fail }: Handover<TaskEvent<Output>>,
  signal: AbortSignal,
): ShowReply<Output> {
  signal.addEventListener("abort", () => fail(signal.reason), { once: true });
  return (parts) => (signal.aborted ? Promise.reject(signal.reason) : give(parts));
}
