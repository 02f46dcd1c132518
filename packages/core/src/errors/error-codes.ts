import { type ErrorCode, errorTable } from "./error-table.js";

/** Every code of the table, in its order. */
export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]; // as: they are its keys, and there are some
