import type { ErrorCode } from "../../errors/error-table.js";
import { GatewayError } from "../../errors/gateway-error.js";
import type { Logger } from "../../logger.js";
import type { IpReputation } from "./ip-reputation.js";

/** Asks an {@link IpReputation}, whose own failures cost nobody the reply. */
export interface AddressGuard {
  /** @throws `address_refused` */
  admit(ip: string | undefined): Promise<void>;
  /** Tells with what code a request from this address failed. */
  note(ip: string | undefined, code: ErrorCode): void;
}

/** Without a reputation, and where no address is known, everybody is admitted. */
export function addressGuard(reputation: IpReputation | undefined, logger: Logger): AddressGuard {
  function report(error: unknown): void {
    const fields = { cause: error instanceof Error ? error.name : typeof error };
    logger.error(fields, "The IP reputation failed; addresses are answered unchecked.");
  }
  async function verdictOn(ip: string) {
    try {
      return await reputation?.check(ip);
    } catch (error) {
      report(error);
      return undefined;
    }
  }
  return {
    async admit(ip) {
      if (reputation === undefined || ip === undefined) return;
      const verdict = await verdictOn(ip);
      if (verdict?.allowed === false)
        throw new GatewayError("address_refused", "Requests from this address are not answered.");
    },
    note(ip, code) {
      // Who is refused already is not refused for longer by trying.
      if (reputation === undefined || ip === undefined || code === "address_refused") return;
      try {
        Promise.resolve(reputation.report(ip, code)).catch(report);
      } catch (error) {
        report(error);
      }
    },
  };
}
