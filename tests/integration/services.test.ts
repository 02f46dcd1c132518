import { connect } from "node:net";
import { describe, expect, inject, it } from "vitest";
import { postgres, redis } from "../../scripts/services.mjs";

/** Sends bytes and reads until the answer matches. */
function ask(url: string, bytes: string | Buffer, until: RegExp): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding("latin1");
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer, only ${JSON.stringify(answer)}`)));
    socket.on("error", reject);
    socket.on("data", (text: string) => {
      answer += text;
      if (!until.test(answer)) return;
      socket.destroy();
      resolve(answer);
    });
  });
}

/** A PostgreSQL start-up packet followed by one simple query. */
function startUpAndQuery(sql: string): Buffer {
  const framed = (tag: string, body: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(tag), length, body]);
  };
  const hello = Buffer.from("\0\x03\0\0user\0postgres\0database\0postgres\0\0");
  return Buffer.concat([framed("", hello), framed("Q", Buffer.from(`${sql}\0`))]);
}

async function refuses(url: string): Promise<boolean> {
  return await ask(url, "PING\r\n", /./).then(
    () => false,
    () => true,
  );
}

describe("test services", () => {
  it("starts a Redis that stores values, and leaves nothing behind", async () => {
    const service = await redis();
    try {
      expect(await ask(service.url, "SET a 1\r\nINCR a\r\n", /:2\r\n/)).toContain("+OK");
    } finally {
      await service.stop();
    }
    if (process.env["TEST_REDIS_URL"] === undefined) expect(await refuses(service.url)).toBe(true);
  });

  it("starts a PostgreSQL that answers a query, and leaves nothing behind", async () => {
    const service = await postgres();
    try {
      const own = process.env["TEST_DATABASE_URL"] === undefined; // another one may ask for a password first
      const answer = await ask(
        service.url,
        startUpAndQuery("select 'sum ' || (40 + 2)"),
        own ? /sum 42/ : /^R/,
      );
      expect(answer.startsWith("R")).toBe(true);
    } finally {
      await service.stop();
    }
    if (process.env["TEST_DATABASE_URL"] === undefined) expect(await refuses(service.url)).toBe(true);
  });

  it("hands the browser's path to the tests", () => {
    expect(inject("chromiumPath")).toMatch(/chrom/i);
  });
});
