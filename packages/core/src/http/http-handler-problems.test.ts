import { expect, it } from "vitest";
import { scriptedGateway } from "../testing/scripted-gateway.js";
import { createFetchHandler, type FetchHandlerOptions } from "./create-fetch-handler.js";
import { createHttpHandler, type HttpHandlerOptions } from "./create-http-handler.js";
import { memoryIpReputation } from "./ip/memory-ip-reputation.js";
import { memoryStreamStore } from "./memory-stream-store.js";

const gateway = scriptedGateway({
  answer: () => {
    throw new Error("never called");
  },
});
const good: HttpHandlerOptions = {
  maxBodyBytes: 1_000,
  keepAliveMs: 0.5,
  onDisconnect: "continue",
  known: () => undefined,
  ipReputation: memoryIpReputation(),
  openApi: { title: "Acme", version: "2", serverUrl: "/ai", securitySchemes: { key: { type: "http" } } },
  streamStore: memoryStreamStore(),
};

it.each([[{}], [good], [{ openApi: false }], [{ openApi: undefined, clock: undefined }]])(
  "takes %o",
  (options) => {
    createHttpHandler(gateway, options as HttpHandlerOptions);
    createFetchHandler(gateway, { ...(options as HttpHandlerOptions), identify: () => undefined });
  },
);

it.each<[object, string]>([
  [{ ipReputaton: good.ipReputation }, "ipReputaton: there is no such option; check its spelling"],
  [{ maxBodyBytes: 0 }, "maxBodyBytes: must be a number more than 0"],
  [{ maxBodyBytes: Number.POSITIVE_INFINITY }, "maxBodyBytes: must be a number more than 0"],
  [{ keepAliveMs: "1" }, "keepAliveMs: must be a number more than 0"],
  [{ onDisconnect: "stop" }, 'onDisconnect: must be "abort" or "continue"'],
  [{ known: {} }, "known: must be a function"],
  [{ ipReputation: null }, "ipReputation: must be an object with check() and report()"],
  [{ openApi: { tittle: "x" } }, "openApi.tittle: there is no such option"],
  [{ openApi: true }, "openApi: "],
  [{ streamStore: { open() {} } }, "streamStore: must be an object with open() and read() and stop()"],
  [{ clock: Date }, "clock: must be an object with"],
])("F48: refuses %o at the start", (options, problem) => {
  expect(() => createHttpHandler(gateway, options as HttpHandlerOptions)).toThrow(problem);
  const fetchOptions = { ...options, identify: () => undefined } as FetchHandlerOptions;
  expect(() => createFetchHandler(gateway, fetchOptions)).toThrow(problem);
});
