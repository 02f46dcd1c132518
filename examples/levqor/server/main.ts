import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isGatewayError } from "@levqor/core";
import { builtSiteDirectory, createApp } from "./app.js";
import { createLevqorGateway } from "./levqor-gateway.js";
import { listen } from "./listen.js";
import { readServerConfig } from "./server-config.js";
import { sharedStores } from "./shared-stores.js";
import { isSiteBuilt } from "./static-site.js";

/** How long a client may take to read what was left for it when everything has ended, milliseconds. */
const lingerMs = 1_000;

async function main(): Promise<void> {
  const problems: string[] = [];
  const attempt = async <Result>(work: () => Result | Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      problems.push(...problemsOf(error));
      return undefined;
    }
  };
  const config = await attempt(() => readServerConfig(process.env));
  const stores = config && (await attempt(() => sharedStores(config, process.env)));
  await attempt(() => stores?.prepare());
  const gateway = await attempt(() => createLevqorGateway({ env: process.env, ...stores?.options }));
  const close = async () => {
    await gateway?.close().catch((error: unknown) => console.error("Not everything was written.", error));
    await stores?.close();
  };
  const server =
    config && stores && gateway && problems.length === 0
      ? await attempt(() => listen(createApp({ gateway, config, stores }), config))
      : undefined;
  if (config === undefined || server === undefined) {
    await close();
    return stopWith(problems);
  }
  closeOnSignals(server, close);
  const { port } = server.address() as AddressInfo;
  const remarks = [
    config.sessionSecretIsTemporary
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

/** Takes no new requests, and closes gateway and stores: running calls have ten seconds, and all is written. */
function closeOnSignals(server: Server, closeGateway: () => Promise<void>): void {
  let closing = false;
  const close = async () => {
    // Ctrl+C in a terminal reaches us several times: from the terminal itself, and from npm.
    if (closing) return;
    closing = true;
    const drained = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await closeGateway();
    setTimeout(() => server.closeAllConnections(), lingerMs);
    await drained;
    process.exit();
  };
  process.on("SIGTERM", close);
  process.on("SIGINT", close);
}

await main();
