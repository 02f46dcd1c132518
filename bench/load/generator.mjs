// Sends requests at a steady rate, whether or not answers come (open loop), in a process of its own:
// `{ ports, task, rate, warmSeconds, seconds }` as JSON in its first argument; several servers get them in turn. A latency is counted from the moment the request
// was due, so that time in which nothing could be sent is not left out.
import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";

const { ports, task, rate, warmSeconds, seconds } = JSON.parse(process.argv[2]);
const users = 2_000;
const tenants = 100;
/** Nobody waits longer; without a bound a server that can't keep up would be measured for ever. */
const patienceMs = 10_000;
const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });

/** Every question is asked once. One in four holds personal values, and is therefore not kept by the cache. */
function bodyOf(number) {
  const personal = number % 4 === 0 ? ` Write to user${number}@example.com or call +49 30 1234567.` : "";
  const question =
    "how do I connect a form to a spreadsheet, and what does a workflow cost on the second tier?";
  return JSON.stringify({ message: `Question ${number}: ${question}${personal}` });
}

/** One request; `onEnd` gets what came of it once: "ok", or what was wrong. */
function send(number, onEnd) {
  const user = number % users;
  const body = bodyOf(number);
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-bench-user": `user-${user}`,
    "x-bench-tenant": `tenant-${user % tenants}`,
    "x-bench-ip": `198.51.100.${user % 250}`,
  };
  const port = ports[number % ports.length];
  const sent = request({ port, host: "127.0.0.1", path: `/api/ai/${task}`, method: "POST", agent, headers });
  let outcome = "the reply broke off";
  sent.on("response", (response) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk) => {
      text += chunk;
    });
    response.on("end", () => {
      outcome = problemOf(response.statusCode, text);
    });
    response.on("error", () => {}); // what the request's end tells
  });
  const leave = setTimeout(() => sent.destroy(new Error(`no answer in ${patienceMs / 1000} s`)), patienceMs);
  sent.on("error", (error) => {
    outcome = error.code ?? error.message;
  });
  sent.on("close", () => {
    clearTimeout(leave);
    onEnd(outcome);
  });
  sent.end(body);
}

/** An answer that no model gave is an error too. */
function problemOf(status, text) {
  if (status !== 200) return `HTTP ${status}`;
  return text.includes('"source":"model"') ? "ok" : "not answered by the model";
}

/** Runs for so long; resolves when the last answer has come. */
function run(forSeconds, firstNumber) {
  const total = Math.round(rate * forSeconds);
  const latencies = new Float64Array(total);
  const lateness = new Float64Array(total);
  const outcomes = {};
  const begunMs = performance.now();
  let sent = 0;
  let ended = 0;
  return new Promise((resolve) => {
    const sendDue = () => {
      const nowMs = performance.now();
      const due = Math.min(total, Math.floor(((nowMs - begunMs) * rate) / 1000) + 1);
      for (; sent < due; sent++) {
        const index = sent;
        const dueMs = begunMs + (index * 1000) / rate;
        lateness[index] = nowMs - dueMs;
        send(firstNumber + index, (outcome) => {
          latencies[index] = performance.now() - dueMs;
          outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
          ended += 1;
          if (ended === total)
            resolve({ latencies, lateness, outcomes, tookMs: performance.now() - begunMs });
        });
      }
      if (sent < total) setTimeout(sendDue, 1);
    };
    sendDue();
  });
}

function percentile(values, share) {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const warm = await run(warmSeconds, 0);
process.on("disconnect", () => process.exit(0));
process.send("warm");
const begunWith = process.cpuUsage();
const { latencies, lateness, outcomes, tookMs } = await run(seconds, warm.latencies.length);
const { user, system } = process.cpuUsage(begunWith);
process.send({
  calls: latencies.length,
  rps: (latencies.length / tookMs) * 1000,
  p50: percentile(latencies, 0.5),
  p95: percentile(latencies, 0.95),
  p99: percentile(latencies, 0.99),
  max: percentile(latencies, 1),
  latenessP99: percentile(lateness, 0.99),
  cpuMicrosPerCall: (user + system) / latencies.length,
  outcomes,
});
process.disconnect();
agent.destroy();
