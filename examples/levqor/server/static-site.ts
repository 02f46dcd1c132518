import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { Router } from "express";
import { routePaths } from "../site/src/route-paths.js";

/** Whether the site was built into this folder. */
export function isSiteBuilt(directory: string): boolean {
  return existsSync(join(directory, "index.html"));
}

/**
 * Serves the built site. Its pages are all one document, which shows the page of the address; unknown addresses get
 * it as well (it then shows "not found"), with the right status.
 */
export function staticSite(directory: string): Router {
  const router = Router();
  const document = join(directory, "index.html");
  const pages: readonly string[] = Object.values(routePaths);
  router.use(
    "/assets",
    express.static(join(directory, "assets"), {
      immutable: true,
      maxAge: "1y",
      index: false,
      fallthrough: true,
    }),
  );
  router.use(express.static(directory, { index: false, redirect: false }));
  router.use((request, response, next) => {
    const readsPage = request.method === "GET" || request.method === "HEAD";
    if (!readsPage || !request.accepts("html") || /\.\w+$/.test(request.path)) return next();
    const known = pages.includes(request.path.length > 1 ? request.path.replace(/\/$/, "") : request.path);
    response.status(known ? 200 : 404).set("cache-control", "no-cache");
    response.sendFile(document, { cacheControl: false }, (error) => error && next(error));
  });
  return router;
}
