import { Agent, request as httpRequest } from "node:http";
import type { FuzzRequest } from "./fuzz-requests.js";

/** What came back. */
export interface FuzzReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** Sends one request; a connection that the server closes while the body is still being sent counts by its reply. */
export function sendFuzz(url: string, { method, path, headers, body }: FuzzRequest): Promise<FuzzReply> {
  const { hostname, port } = new URL(url);
  const prefix = new URL(url).pathname;
  return new Promise((resolve, reject) => {
    const hasBody = method !== "GET" && method !== "HEAD";
    const sent = hasBody ? { ...headers, "content-length": String(body.byteLength) } : headers;
    const request = httpRequest({ agent, hostname, port, method, path: `${prefix}${path}`, headers: sent });
    request.on("error", reject);
    request.on("response", (response) => {
      request.off("error", reject).on("error", () => {});
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.end(hasBody ? body : undefined);
  });
}
