import type { Caller } from "../../pipeline/task-call.js";
import type { HttpExchange } from "../exchange.js";
import type { RequestBody } from "../request-body.js";
import { checkCaller } from "./check-caller.js";

/** Asks who sent a request. A caller without an address gets the connection's. */
export async function callerOf(exchange: HttpExchange, body: RequestBody): Promise<Caller | undefined> {
  const { method, path, headers, ip, signal } = exchange;
  const caller = await exchange.identify({ method, path, headers, ip, signal, body: body.bytes });
  checkCaller(caller);
  if (ip === undefined) return caller;
  const { userId, tenantId, roles } = caller ?? {}; // an object of a class may have them as getters, which are not spread
  return { userId, tenantId, roles, ...caller, ip: caller?.ip ?? ip };
}
