import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type AiGateway, isGatewayError } from "@levqor/core";
import { builtSiteDirectory, createApp } from "./app.js";
import { createLevqorGateway } from "./levqor-gateway.js";
import { listen } from "./listen.js";
import { readServerConfig } from "./server-config.js";
import { isSiteBuilt } from "./static-site.js";

const drainMs = 10_000;

async function main(): Promise<void> {
  const [config, gateway] = await Promise.allSettled([
    (async () => readServerConfig(process.env))(),
    createLevqorGateway({ env: process.env }),
  ]);
  if (config.status === "rejected" || gateway.status === "rejected") {
    return stopWith(
      [config, gateway].flatMap((result) => (result.status === "rejected" ? problemsOf(result.reason) : [])),
    );
  }
  const app = createApp({ gateway: gateway.value, config: config.value });
  let server: Server;
  try {
    server = await listen(app, config.value);
  } catch (error) {
    await gateway.value.close();
    return stopWith(problemsOf(error));
  }
  closeOnSignals(server, gateway.value);
  const { port } = server.address() as AddressInfo;
  const remarks = [
    config.value.sessionSecretIsTemporary
      ? "LEVQOR_SESSION_SECRET is not set: sessions end with this process."
      : undefined,
    isSiteBuilt(builtSiteDirectory)
      ? undefined
      : "The site is not built yet: npm run build -w examples/levqor",
  ];
  for (const remark of remarks) if (remark !== undefined) console.warn(remark);
  console.log(`Levqor is ready: http://localhost:${port} (stop with Ctrl+C)`);
}

function problemsOf(error: unknown): readonly string[] {
  if (isGatewayError(error, "invalid_config")) return error.details.problems;
  throw error;
}

function stopWith(problems: readonly string[]): void {
  console.error(
    ["Levqor can't start. Please correct:", ...problems.map((problem) => `  - ${problem}`)].join("\n"),
  );
  process.exitCode = 1;
}

/** Takes no new requests, lets the running ones end, then closes the gateway so that its audit is complete. */
function closeOnSignals(server: Server, gateway: AiGateway): void {
  let closing = false;
  const close = async () => {
    // Ctrl+C in a terminal reaches us several times: from the terminal itself, and from npm.
    if (closing) return;
    closing = true;
    const drained = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
    await drained;
    clearTimeout(deadline);
    await gateway.close();
    process.exit();
  };
  process.on("SIGTERM", close);
  process.on("SIGINT", close);
}

await main();
