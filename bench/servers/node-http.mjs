// The least there is: node:http and undici, which hands the body through. The upstream's base URL is the first argument.
import { createServer } from "node:http";
import { Pool } from "undici";

const { origin, pathname } = new URL(process.argv[2]);
const pool = new Pool(origin, { connections: 256 });
const path = `${pathname}/chat/completions`;

createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", async () => {
    const body = Buffer.concat(parts);
    const isStream = JSON.parse(body.toString()).stream === true;
    const headers = { "content-type": "application/json", authorization: "Bearer sk-bench" };
    const upstream = await pool.request({ path, method: "POST", headers, body });
    response.writeHead(upstream.statusCode, { "content-type": upstream.headers["content-type"] });
    if (isStream) upstream.body.pipe(response);
    else response.end(await upstream.body.text());
  });
}).listen(0);
