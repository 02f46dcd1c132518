import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually, type OwnServer, ownServer } from "../own-server.test-support.js";
import { clientKinds } from "../test-clients.test-support.js";
import { redisConnection } from "./redis-connection.js";

describe.each(clientKinds)("channels on $kind", ({ open }) => {
  let server: OwnServer;
  const stops: (() => void)[] = [];
  beforeAll(async () => {
    server = await ownServer();
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });
  afterAll(() => server.close());

  async function subject() {
    const connection = redisConnection(await open(server.url), 5_000);
    if (connection === undefined) throw new Error("The client is not recognised.");
    const listen = (channel: string) => {
      const heard: string[] = [];
      let timesListening = 0;
      const stop = connection.subscribe(channel, {
        onMessage: (message) => heard.push(message),
        onListening: () => {
          timesListening += 1;
        },
      });
      stops.push(stop);
      return { heard, stop, times: () => timesListening };
    };
    const say = (channel: string, message: string) => server.command("PUBLISH", channel, message);
    return { listen, say };
  }

  it("a channel is heard by all who listen to it, and by no other", async () => {
    const { listen, say } = await subject();
    const [first, second, other] = [listen("a"), listen("a"), listen("b")];
    await eventually(async () => expect([first.times(), second.times(), other.times()]).not.toContain(0));
    await say("a", "1");
    await eventually(async () => expect([first.heard, second.heard]).toEqual([["1"], ["1"]]));
    first.stop();
    first.stop();
    await say("a", "2");
    await eventually(async () => expect(second.heard).toEqual(["1", "2"]));
    expect([first.heard, other.heard]).toEqual([["1"], []]);
  });

  it("a channel that is left and listened to again at once is heard, each message once", async () => {
    const { listen, say } = await subject();
    let last = listen("a");
    await eventually(async () => expect(last.times()).toBeGreaterThan(0));
    for (let round = 0; round < 20; round += 1) {
      last.stop();
      last = listen("a");
    }
    await eventually(async () => expect(last.times()).toBeGreaterThan(0));
    await say("a", "once");
    await eventually(async () => expect(last.heard).toEqual(["once"]));
  });

  it("a lost connection is listened on again, and that is told", async () => {
    const { listen, say } = await subject();
    const listener = listen("a");
    await eventually(async () => expect(listener.times()).toBeGreaterThan(0));
    const before = listener.times();
    await server.kill();
    await server.start();
    await eventually(async () => expect(listener.times()).toBeGreaterThan(before));
    await say("a", "after");
    await eventually(async () => expect(listener.heard).toEqual(["after"]));
  });
});

describe("channels of an ioredis client", () => {
  it("have no prefix of the client's, and its end ends them", async () => {
    const server = await ownServer();
    const client = new Redis(server.url, { keyPrefix: "mine:", enableOfflineQueue: false });
    const connection = redisConnection(client, 5_000);
    const heard: string[] = [];
    let isListening = false;
    connection?.subscribe("a", {
      onMessage: (message) => heard.push(message),
      onListening: () => {
        isListening = true;
      },
    });
    await eventually(async () => expect(isListening).toBe(true));
    await server.command("PUBLISH", "a", "hello");
    await eventually(async () => expect(heard).toEqual(["hello"]));
    client.disconnect();
    await eventually(async () => expect(await server.command("CLIENT", "LIST", "TYPE", "pubsub")).toBe(""));
    await server.close();
  });
});
