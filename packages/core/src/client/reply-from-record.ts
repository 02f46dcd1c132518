import type { TaskReply } from "../pipeline/task-call.js";
import { createClientError } from "./client-error.js";
import { errorFromReply } from "./error-from-reply.js";
import type { JsonRecord } from "./json-record.js";

/** A reply as the gateway sends it. @throws the server's code when it says `success: false`, `malformed_reply` */
export function replyFromRecord(record: JsonRecord): TaskReply<object> {
  if (record["success"] === true) {
    // The gateway has checked the output against the task's schema; a browser does not carry schemas to check again.
    return record as unknown as TaskReply<object>;
  }
  throw record["success"] === false
    ? errorFromReply({ body: record })
    : createClientError({ code: "malformed_reply" });
}
