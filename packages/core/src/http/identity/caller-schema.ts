import * as z from "zod";

const name = z.string("must be a text").min(1, "must not be empty").optional();

/** A caller that somebody with credentials acts as: a user, a tenant, or both. */
export const callerSchema = z
  .strictObject(
    { tenantId: name, userId: name, roles: z.array(z.string()).optional(), ip: name },
    "must be an object with userId or tenantId",
  )
  .refine(({ tenantId, userId }) => tenantId !== undefined || userId !== undefined, {
    message: "must have a userId or a tenantId",
  });
