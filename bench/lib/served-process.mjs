// Loaded before a server that is measured (`--import`), also one of others: it listens on the loopback only, at a port that is
// free, and tells which; asked anything, it tells the CPU that the process has used, in microseconds.
import { Server } from "node:net";

const { listen } = Server.prototype;
Server.prototype.listen = function (...given) {
  const onListening = given.find((each) => typeof each === "function");
  if (onListening !== undefined) this.once("listening", onListening);
  this.once("listening", () => process.send(this.address().port));
  return listen.call(this, 0, "127.0.0.1");
};
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});
process.on("disconnect", () => process.exit(0));
