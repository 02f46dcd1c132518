import { connect } from "node:net";

/**
 * Sends bytes to a local server and gives the beginning of its answer; nothing when it refuses or stays silent.
 * @param {number} port @param {string | Buffer} bytes @returns {Promise<string>}
 */
export function exchange(port, bytes) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    /** @param {string} answer */
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => finish(""));
    socket.once("error", () => finish(""));
    socket.once("close", () => finish(""));
    socket.once("data", (data) => finish(data.toString("latin1")));
    socket.once("connect", () => socket.write(bytes));
  });
}
