import { GatewayError } from "@levqor/core";
import { json, type Request, Router } from "express";
import { z } from "zod";
import { type DemoUser, demoUsers } from "./demo-users.js";
import type { Sessions } from "./session.js";
import type { SessionCookie } from "./session-cookie.js";

const signInSchema = z.object({ user: z.enum(demoUsers.map(({ id }) => id)).default("amara") });

/**
 * Signing in and out: `GET /session` says who is signed in, `POST` signs a demo user in, `DELETE` signs out.
 * Only JSON is accepted, so that a form on another site can't sign anybody in.
 */
export function sessionRoutes(options: {
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly demoSignIn: boolean;
}): Router {
  const { sessions, cookie, demoSignIn } = options;
  const router = Router();
  router.use((_request, response, next) => {
    response.set("cache-control", "no-store");
    next();
  });
  router.get("/", async (request, response) => {
    const user = await signedInUser(request, options);
    response.json({ user: user === undefined ? null : publicUser(user), demo_sign_in: demoSignIn });
  });
  router.post("/", json({ limit: 1024 }), async (request, response) => {
    if (!demoSignIn) throw new GatewayError("forbidden", "Demo sign-in is switched off on this server.");
    if (!request.is("application/json")) throw new GatewayError("unsupported_media_type", "Send JSON.");
    const parsed = signInSchema.safeParse(request.body);
    const user = parsed.success ? demoUsers.find(({ id }) => id === parsed.data.user) : undefined;
    if (user === undefined) {
      const names = demoUsers.map(({ id }) => id).join(" or ");
      const issues = [{ path: "user", message: `Choose ${names}.` }];
      throw new GatewayError("invalid_input", `There is no such demo user. Choose ${names}.`, {
        details: { issues },
      });
    }
    cookie.write(
      response,
      await sessions.issue({ userId: user.id, tenantId: user.tenantId, roles: user.roles }),
    );
    response.json({ user: publicUser(user), demo_sign_in: demoSignIn });
  });
  router.delete("/", (_request, response) => {
    cookie.clear(response);
    response.json({ user: null, demo_sign_in: demoSignIn });
  });
  return router;
}

/** The person of the cookie; nobody when it is missing or no longer valid. */
async function signedInUser(
  request: Request,
  { sessions, cookie }: { readonly sessions: Sessions; readonly cookie: SessionCookie },
): Promise<DemoUser | undefined> {
  const token = cookie.read(request);
  if (token === undefined) return undefined;
  const session = await sessions.read(token).catch(() => undefined);
  return demoUsers.find(({ id }) => id === session?.userId);
}

const publicUser = ({ id, name, tenantName, roles }: DemoUser) => ({ id, name, tenant: tenantName, roles });
