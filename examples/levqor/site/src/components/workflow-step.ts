import type { BuiltInTasks } from "@levqor/core/client";

/** One step of a workflow, as the gateway answers it. */
export type WorkflowStep = BuiltInTasks["workflow"]["output"]["workflow"]["steps"][number];
