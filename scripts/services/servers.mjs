// How each server is started and how one sees that it is ready.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { exchange } from "./exchange.mjs";

/** @typedef {import("./launch.mjs").ServerRecipe} ServerRecipe */

/** @param {string} program the path of redis-server @returns {ServerRecipe} */
export function redisServer(program) {
  return {
    name: "redis",
    command: (port, folder) => ({
      program,
      args: ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
    }),
    isReady: async (port) => (await exchange(port, "PING\r\n")).startsWith("+PONG"),
    url: (port) => `redis://127.0.0.1:${port}`,
    stopSignal: "SIGTERM",
  };
}

/** PostgreSQL refuses to run as root: then an ordinary account runs it. @returns {import("./launch.mjs").Account | undefined} */
function postgresAccount() {
  if (process.getuid?.() !== 0) return undefined;
  /** @param {string} flag */
  const id = (flag) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** An SSL request is answered too early; a real start-up packet only by a server that takes connections. */
function startUpPacket() {
  const body = Buffer.concat([
    Buffer.from([0, 3, 0, 0]),
    Buffer.from("user\0postgres\0database\0postgres\0\0"),
  ]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

/** @param {string} bin the folder of initdb and postgres @returns {ServerRecipe} */
export function postgresServer(bin) {
  const account = postgresAccount();
  const fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const local = ["listen_addresses=127.0.0.1", "unix_socket_directories="];
  return {
    name: "postgres",
    ...(account === undefined ? {} : { account }),
    prepare: (folder) => {
      const data = ["-D", join(folder, "data"), "-U", "postgres", "-A", "trust"];
      const args = [...data, "-E", "UTF8", "--locale=C", "--no-sync"];
      const result = spawnSync(join(bin, "initdb"), args, { cwd: folder, encoding: "utf8", ...account });
      if (result.status !== 0) throw new Error(`initdb failed:\n${result.stderr}`);
    },
    command: (port, folder) => ({
      program: join(bin, "postgres"),
      args: [
        "-D",
        join(folder, "data"),
        "-p",
        `${port}`,
        ...[...fast, ...local].flatMap((setting) => ["-c", setting]),
      ],
    }),
    isReady: async (port) => (await exchange(port, startUpPacket())).startsWith("R"),
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
    stopSignal: "SIGINT",
  };
}
