import { errorTable } from "@levqor/core";
import { bodyCanary, type FuzzRequest } from "./fuzz-requests.js";
import { upstreamCanary } from "./fuzz-server.js";
import type { FuzzReply } from "./send-fuzz.js";

const errors: Readonly<Record<string, { readonly status: number }>> = errorTable;
/** `internal` is a defect: no request may cause it. */
const causedByNobody = new Set([
  "internal",
  "invalid_config",
  "audit_failed",
  "store_unavailable",
  "mask_failed",
]);
/** Stacks, paths, and what parsers and the system say in their own words. */
const internals =
  /\n\s+at |node_modules|file:\/\/|\/srv\/|Z_[A-Z]+_ERROR|ECONN|[a-z]Error:|Unexpected token|in JSON at/;

/** What must not be in any reply, one line each; empty when all is well. */
export function replyProblems(request: FuzzRequest, { status, headers, text }: FuzzReply): string[] {
  const problems: string[] = [];
  const check = (isGood: boolean, problem: string) => void (isGood || problems.push(problem));
  check(!text.includes(upstreamCanary), "the provider's words came back");
  check(!JSON.stringify(headers).includes(bodyCanary), "a header quotes the request");
  if (status === 200) return problems;
  check(!internals.test(text), "internals came back");
  check(!text.includes(bodyCanary), "a refusal quotes the request");
  if (status === 204) {
    check(text === "" && request.method !== "POST", "204 is for streams alone");
    return problems;
  }
  if (request.method === "HEAD") {
    check(status === 405 || status === 404, `HEAD got ${status}`);
    return problems;
  }
  return [...problems, ...refusalProblems({ status, headers, text })];
}

function refusalProblems({ status, headers, text }: FuzzReply): string[] {
  let body: Readonly<Record<string, unknown>>;
  try {
    body = JSON.parse(text);
  } catch {
    return [`${status} without JSON: ${text.slice(0, 80)}`];
  }
  const { success, error, code, request_id, issues, ...others } = body;
  const entry = Object.hasOwn(errors, String(code)) ? errors[String(code)] : undefined;
  return [
    ...(entry?.status === status ? [] : [`${status} with code ${code}`]),
    ...(causedByNobody.has(String(code)) ? [`a request caused ${code}`] : []),
    ...(success === false && typeof error === "string" && error !== "" ? [] : ["not the shape of an error"]),
    ...(Object.keys(others).length === 0 ? [] : [`more fields than an error has: ${Object.keys(others)}`]),
    ...((issues === undefined) === (code !== "invalid_input") ? [] : ["issues belong to invalid_input"]),
    ...(/^[\w.-]{8,128}$/.test(String(request_id)) && headers["x-request-id"] === request_id
      ? []
      : ["no request id"]),
  ];
}
