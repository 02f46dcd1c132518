import type { DebugRule } from "./debug-rule.js";

const repeat = "Repeat the failed step by hand with the same data, and note whether it fails each time";
const record = "Log status, endpoint and request id of every failed call, so that the next one can be traced";

/** Advice for an error that no rule knows. */
export function genericRule(status: number | undefined): DebugRule {
  if (status !== undefined && status >= 500) {
    return {
      id: "generic-5xx",
      finding: "the fault is on the other side",
      causes: ["An outage or a fault inside {service}", "A proxy in front of {endpoint} gets no good answer"],
      fixes: [
        "Look at the status page of {service}",
        repeat,
        "Report the request id of the answer to {service}",
      ],
      prevention: ["Retry with growing pauses and keep what could not be sent", record],
    };
  }
  if (status !== undefined && status >= 400) {
    return {
      id: "generic-4xx",
      finding: "{service} refuses the request as it is, so sending it again changes nothing",
      causes: ["A value, header or permission of the request to {endpoint} does not fit"],
      fixes: [
        "Read the body of the answer: {service} usually names the reason there",
        repeat,
        "Compare the request with the reference of {endpoint}",
      ],
      prevention: ["Check the request before it is sent", record],
    };
  }
  return {
    id: "generic",
    finding: "the cause is not clear from the message alone",
    causes: [
      "The input of this step changed: a field is empty, renamed or of another type",
      "The connection to {service} has expired or lost a permission",
      "{service} had a short outage",
    ],
    fixes: [
      repeat,
      "Compare the step's input with that of the last run that worked",
      "Reconnect {service} and call {endpoint} once more",
      "Add the HTTP status and the full message here for a more exact answer",
    ],
    prevention: [record, "Let somebody be told when a step fails twice in a row"],
  };
}
