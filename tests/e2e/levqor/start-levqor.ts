import type { AddressInfo } from "node:net";
import type { Provider } from "@levqor/core";
import { createApp } from "../../../examples/levqor/server/app.js";
import { createLevqorGateway } from "../../../examples/levqor/server/levqor-gateway.js";
import { listen } from "../../../examples/levqor/server/listen.js";
import { readServerConfig } from "../../../examples/levqor/server/server-config.js";

/** The example's server, in this process. */
export interface RunningLevqor {
  readonly url: string;
  readonly port: number;
  /** Breaks the open connections, as a bad network does; the server stays. */
  dropConnections(): void;
  /** Goes down as in a crash: open connections break. */
  stop(): Promise<void>;
}

const silent = { info() {}, warn() {}, error() {} };

/** Starts the example's server. @default port: a free one; provider: none */
export async function startLevqor(options: {
  readonly siteDirectory?: string;
  readonly provider?: Provider;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<RunningLevqor> {
  const { siteDirectory, provider, port: wanted = 0, env = {} } = options;
  const gateway = await createLevqorGateway({
    env,
    provider,
    logger: silent,
    auditSink: { write() {} },
    // Tests ask more often than a person.
    rateLimiter: { consume: () => ({ allowed: true }) },
  });
  const app = createApp({ gateway, config: readServerConfig(env), siteDirectory });
  const server = await listen(app, { port: wanted, host: "127.0.0.1" });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dropConnections: () => server.closeAllConnections(),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await gateway.close();
    },
  };
}
