import { errorCodes } from "../../errors/error-codes.js";
import { errorTable } from "../../errors/error-table.js";
import { headerRefs, type ResponseHeader } from "./response-headers.js";

const statuses = [...new Set(errorCodes.map((code) => errorTable[code].status))].sort((a, b) => a - b);
const codesOf = (status: number) => errorCodes.filter((code) => errorTable[code].status === status);

/** The body of every failure. */
export const errorSchema = {
  type: "object",
  properties: {
    success: { const: false },
    error: { type: "string", description: "What is wrong, in words for the caller." },
    code: { type: "string", enum: errorCodes },
    request_id: { type: "string", description: "Names the request in the server's log and audit." },
    issues: {
      type: "array",
      description: "The fields that do not fit; with invalid_input only.",
      items: {
        type: "object",
        properties: { path: { type: "string" }, message: { type: "string" } },
        required: ["path", "message"],
      },
    },
  },
  required: ["success", "error", "code", "request_id"],
};

const titles: Readonly<Record<number, string>> = {
  400: "The request does not fit.",
  401: "No valid credentials.",
  403: "Not allowed.",
  404: "There is no such endpoint.",
  405: "Not for this endpoint.",
  413: "The body is too large.",
  415: "The body is not JSON in UTF-8.",
  429: "A limit was hit; come back later.",
  499: "The client went away.",
  500: "A defect of the server.",
  503: "A temporary issue of the server.",
};

/** Headers that a status has besides those of all replies. */
const headersOf: Readonly<Record<number, readonly ResponseHeader[]>> = {
  401: ["WWW-Authenticate"],
  405: ["Allow"],
  413: ["Connection"],
  429: ["Retry-After", "RateLimit", "RateLimit-Policy"],
};

/** A response for each status of the error table, by component name. */
export const errorResponses: Readonly<Record<string, object>> = Object.fromEntries(
  statuses.map((status) => [
    `Error${status}`,
    {
      description: titles[status] ?? "A failure.",
      headers: headerRefs("X-Request-Id", ...(headersOf[status] ?? [])),
      content: {
        "application/json": {
          schema: {
            allOf: [
              { $ref: "#/components/schemas/Error" },
              { properties: { code: { enum: codesOf(status) } } },
            ],
          },
        },
      },
    },
  ]),
);

/** What each operation may answer when it does not do what was asked. */
export const errorRefs: Readonly<Record<string, object>> = Object.fromEntries(
  statuses
    .filter((status) => status !== errorTable.not_found.status)
    .map((status) => [String(status), { $ref: `#/components/responses/Error${status}` }]),
);
