import { expect, it } from "vitest";
import { createRequestBody } from "../request-body.js";
import { callerOf } from "./caller-of.js";

/** As sessions and records of a database are: what they tell is in getters of their class. */
class Session {
  get userId() {
    return "ada";
  }
  get tenantId() {
    return "acme";
  }
  get roles() {
    return ["admin"];
  }
}

const ask = (ip: string | undefined) => {
  const body = { kind: "parsed", value: {} } as const;
  const signal = new AbortController().signal;
  const exchange = {
    method: "POST",
    path: "/chat",
    headers: {},
    body,
    ip,
    signal,
    identify: () => new Session(),
  };
  return callerOf(exchange, createRequestBody(exchange, 100));
};

it.each(["203.0.113.9", undefined])(
  "a caller of a class stays who it is, with the address %s",
  async (ip) => {
    const caller = await ask(ip);
    expect([caller?.userId, caller?.tenantId, caller?.roles, caller?.ip]).toEqual([
      "ada",
      "acme",
      ["admin"],
      ip,
    ]);
  },
);
