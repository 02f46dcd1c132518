import { createServer, type Server } from "node:http";
import { GatewayError } from "@levqor/core";
import type { Express } from "express";

/** Starts to listen. @throws `invalid_config` when the port is taken or not allowed. */
export function listen(
  app: Express,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Server> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, app);
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, { port, host })));
    server.listen(port, host, () => resolve(server));
  });
}

function listenError(
  error: NodeJS.ErrnoException,
  { port, host }: { readonly port: number; readonly host: string },
) {
  const problems = [problemOf(error, { port, host })];
  return new GatewayError("invalid_config", problems.join(""), { details: { problems }, cause: error });
}

function problemOf(
  { code }: NodeJS.ErrnoException,
  { port, host }: { readonly port: number; readonly host: string },
) {
  if (code === "EADDRINUSE")
    return `PORT: ${port} is in use. Stop the other program, or choose another: PORT=${port + 1}`;
  if (code === "EACCES")
    return `PORT: ${port} needs special rights on this machine. Choose one above 1023: PORT=8000`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `HOST: ${host} is no address of this machine. Use 127.0.0.1 or 0.0.0.0`;
  return `PORT, HOST: can't listen on ${host}:${port} (${code ?? "unknown reason"})`;
}
