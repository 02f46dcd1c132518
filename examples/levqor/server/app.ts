import { fileURLToPath } from "node:url";
import { type AiGateway, type Caller, systemClock } from "@levqor/core";
import { createAiErrorHandler, createAiRouter } from "@levqor/express-adapter";
import compression from "compression";
import cors from "cors";
import express, { type Express } from "express";
import helmet from "helmet";
import { demoUsers } from "./demo-users.js";
import { errorResponse, notFound } from "./error-response.js";
import { createIdentify } from "./identify.js";
import { requestId } from "./request-id.js";
import type { ServerConfig } from "./server-config.js";
import { createSessions } from "./session.js";
import { createSessionCookie } from "./session-cookie.js";
import { sessionRoutes } from "./session-routes.js";
import type { SharedStores } from "./shared-stores.js";
import { staticSite } from "./static-site.js";

/** Where `npm run build` puts the site. */
export const builtSiteDirectory = fileURLToPath(new URL("../dist/site", import.meta.url));

/** What {@link createApp} takes. */
export interface AppOptions {
  readonly gateway: AiGateway;
  readonly config: ServerConfig;
  /** Streams and signed requests. @default in the memory of this process */
  readonly stores?: Pick<SharedStores, "streamStore" | "replayStore"> | undefined;
  /** @default the folder that `npm run build` writes */
  readonly siteDirectory?: string | undefined;
  /** Wall time in milliseconds, for sessions and signatures. @default Date.now */
  readonly now?: (() => number) | undefined;
}

/** The whole server: an ordinary Express app with the gateway mounted in it. Nothing listens yet. */
export function createApp({
  gateway,
  config,
  stores = {},
  siteDirectory = builtSiteDirectory,
  now = Date.now,
}: AppOptions): Express {
  const { streamStore, replayStore } = stores;
  const secure = config.siteOrigin.startsWith("https:");
  const sessions = createSessions({ secret: config.sessionSecret, now });
  const cookie = createSessionCookie({ secure });
  const identify = createIdentify({
    sessions,
    cookie,
    signing: { secrets: config.signingSecrets, replayStore, clock: { ...systemClock, now } },
    signingTenant: config.signingTenant,
  });

  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", config.trustedProxies);
  app.use(requestId());
  app.use(securityHeaders(secure));
  app.use(
    cors({
      origin: config.siteOrigin,
      credentials: true,
      exposedHeaders: ["x-request-id", "retry-after", "ratelimit", "ratelimit-policy"],
    }),
  );
  app.use(compression());
  app.get("/health", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.use("/session", sessionRoutes({ sessions, cookie, demoSignIn: config.demoSignIn }));
  app.use(
    "/api/ai",
    createAiRouter(gateway, { identify, known: namesOf, onDisconnect: "continue", streamStore }),
  );
  app.use("/api", notFound());
  app.use(staticSite(siteDirectory));
  app.use(notFound());
  app.use(createAiErrorHandler());
  app.use(errorResponse(gateway.logger));
  return app;
}

/** No model reads who asks: their name is always hidden, and stands in the answer again. */
const namesOf = (caller: Caller | undefined) => ({
  person: demoUsers.flatMap(({ id, name }) => (id === caller?.userId ? [name] : [])),
});

/** Only what the built site needs is allowed: its own scripts, styles, images and requests. */
function securityHeaders(secure: boolean) {
  const own = ["'self'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: own,
        styleSrc: own,
        imgSrc: own,
        fontSrc: own,
        connectSrc: own,
        manifestSrc: own,
        baseUri: own,
        formAction: own,
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: "deny" },
  });
}
