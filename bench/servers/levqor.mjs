// Express with the gateway, every step on. The upstream's base URL is the first argument.
import { openaiProvider } from "@levqor/core/openai";
import { createAiRouter } from "@levqor/express-adapter";
import express from "express";
import { apiKey, caller, everythingOn } from "../everything-on.mjs";

const gateway = everythingOn({ provider: openaiProvider({ apiKey, baseURL: process.argv[2] }) });
const app = express();
app.use("/api/ai", createAiRouter(gateway, { identify: () => caller }));
app.listen(0);
