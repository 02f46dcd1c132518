import type { AddressInfo } from "node:net";
import { createAiGateway } from "@levqor/core";
import { createAiErrorHandler, createAiRouter } from "@levqor/express-adapter";
import express from "express";

// The application as it was.
const app = express();
app.use(express.json());
app.get("/health", (_request, response) => {
  response.json({ status: "ok" });
});

// The gateway, mounted in it.
const gateway = createAiGateway();
app.use(
  "/api/ai",
  createAiRouter(gateway, {
    // Whom your own authentication found: the session or verified token of your other routes. Never trust a header
    // or a body field to say it. This example knows one user.
    identify: () => ({ userId: "demo" }),
  }),
  // Only needed because express.json() runs first: what it refuses gets the same kind of answer.
  createAiErrorHandler(),
);

const server = app.listen(Number(process.env["PORT"] ?? 3000), () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://localhost:${port} (stop with Ctrl+C)`);
});

// Takes nothing new, lets running calls end (ten seconds at most) and the audit be written.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    server.close();
    server.closeIdleConnections();
    await gateway.close();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  });
}
