import { GatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { HttpExchange } from "./exchange.js";

/** A request's body, read once for all who need it: a signature is checked over the bytes that the task then gets. */
export interface RequestBody {
  /**
   * The bytes as they were sent.
   *
   * @throws `payload_too_large`; `aborted` when the body breaks off; `invalid_config` when the host has parsed it.
   */
  bytes(): Promise<Uint8Array>;
  /** What the host has parsed, if it has. @throws `payload_too_large` */
  parsed(): { readonly value: unknown } | undefined;
}

/** The body of a request, of which nothing is read before it is asked for, and never more than `maxBodyBytes`. */
export function createRequestBody(
  { body, headers }: Pick<HttpExchange, "body" | "headers">,
  maxBodyBytes: number,
): RequestBody {
  let reading: Promise<Uint8Array> | undefined;

  function checkAnnouncedSize(): void {
    if (Number(headers["content-length"] ?? 0) > maxBodyBytes) throw tooLarge(maxBodyBytes);
  }

  async function read(): Promise<Uint8Array> {
    checkAnnouncedSize();
    if (body.kind === "parsed") throw invalidConfig("identify", [parsedBefore]);
    const bytes = await (body.kind === "reader"
      ? body.read(maxBodyBytes)
      : readChunks(body.chunks, maxBodyBytes)
    ).catch(brokeOff);
    if (bytes === undefined) throw tooLarge(maxBodyBytes);
    return bytes;
  }

  return {
    bytes() {
      if (reading === undefined) {
        reading = read();
        // Whoever asked may look at it late, or never: a client that leaves meanwhile must not end the process.
        reading.catch(() => {});
      }
      return reading;
    },
    parsed() {
      if (body.kind !== "parsed") return undefined;
      checkAnnouncedSize();
      return body;
    },
  };
}

/** Nothing when there are more bytes than that. */
async function readChunks(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    parts.push(chunk);
  }
  return joined(parts, size);
}

function brokeOff(cause: unknown): never {
  throw new GatewayError("aborted", "The request ended before its body was complete.", { cause });
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

const parsedBefore =
  "the bytes of the body are needed as they were sent, but a body parser ran before the gateway: mount the gateway " +
  "before it";

const tooLarge = (limitBytes: number) =>
  new GatewayError("payload_too_large", `The body is larger than the limit of ${limitBytes} bytes.`, {
    details: { limitBytes },
  });
