import { routePaths } from "./route-paths.js";

const parameter = "describe";

/** Address of the builder with a description in it, ready to be built. */
export const describedWorkflowPath = (sentence: string): string =>
  `${routePaths.newWorkflow}?${new URLSearchParams({ [parameter]: sentence })}`;

/** The description that an address brings along; empty when it brings none. */
export const readDescription = (parameters: URLSearchParams): string => parameters.get(parameter) ?? "";
