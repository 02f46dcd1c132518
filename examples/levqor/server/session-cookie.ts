import type { Request, Response } from "express";
import { sessionSeconds } from "./session.js";

/** Where a browser keeps its session. Scripts of the page can't read it, and other sites can't send it. */
export interface SessionCookie {
  read(request: Request): string | undefined;
  write(response: Response, token: string): void;
  clear(response: Response): void;
}

/** `secure` for sites on https: then the cookie is bound to this very host as well. */
export function createSessionCookie({ secure }: { readonly secure: boolean }): SessionCookie {
  const name = secure ? "__Host-levqor_session" : "levqor_session";
  const attributes = { httpOnly: true, sameSite: "strict", secure, path: "/" } as const;
  return {
    read(request) {
      for (const pair of (request.headers.cookie ?? "").split(";")) {
        const [key, value] = pair.trim().split("=", 2);
        if (key === name && value !== undefined && value !== "") return value;
      }
      return undefined;
    },
    write: (response, token) =>
      response.cookie(name, token, { ...attributes, maxAge: sessionSeconds * 1000 }),
    clear: (response) => response.clearCookie(name, attributes),
  };
}
