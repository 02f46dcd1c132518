import type { ErrorCode } from "../../errors/error-table.js";

/** Whether an address is answered; if not, whether a list says so or what it did. */
export type IpVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: "denied" | "banned" };

/**
 * Knows which addresses are not answered. The HTTP handler asks it before anything else: no body is read, and nobody is
 * asked who they are. One that throws lets the request through, and a line in the log says so.
 */
export interface IpReputation {
  check(ip: string): IpVerdict | Promise<IpVerdict>;
  /**
   * Is told of each request that failed, with the code it was answered with; but not of those that met a limit of a tenant
   * or a task, which others may have used up.
   */
  report(ip: string, code: ErrorCode): void | Promise<void>;
}
