import * as z from "zod";

const name = z.string("must be a text").min(1, "must not be empty");

/** A caller that somebody with credentials acts as. Without a `userId` no task would take it for a known one. */
export const callerSchema = z.strictObject(
  { userId: name, tenantId: name.optional(), roles: z.array(z.string()).optional(), ip: name.optional() },
  "must be an object with a userId",
);
