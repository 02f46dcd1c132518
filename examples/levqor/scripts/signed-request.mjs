#!/usr/bin/env node
// Asks the gateway as another server would: a request signed with the Standard Webhooks scheme.
//   LEVQOR_SIGNING_SECRET=whsec_… node scripts/signed-request.mjs "How much is the Pro plan?" [http://localhost:8000]
import { createHmac, randomUUID } from "node:crypto";

const [message = "How much is the Pro plan?", base = "http://localhost:8000"] = process.argv.slice(2);
const secret = (process.env["LEVQOR_SIGNING_SECRET"] ?? "").split(",")[0] ?? "";
if (!secret.startsWith("whsec_")) {
  console.error("Set LEVQOR_SIGNING_SECRET to the server's secret: whsec_ and at least 32 bytes in base64.");
  process.exit(1);
}

const id = `msg_${randomUUID()}`;
const timestamp = Math.floor(Date.now() / 1000);
const body = JSON.stringify({ message, context: { page: "pricing" } });
const signature = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
  .update(`${id}.${timestamp}.${body}`)
  .digest("base64");

const response = await fetch(`${base}/api/ai/chat`, {
  method: "POST",
  headers: {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  },
  body,
});
console.log(response.status, JSON.stringify(await response.json(), null, 2));
process.exitCode = response.ok ? 0 : 1;
