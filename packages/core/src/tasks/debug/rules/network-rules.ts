import type { DebugRule } from "../debug-rule.js";

/** What the network says before any answer arrives: connection, DNS, TLS. */
export const networkRules: readonly DebugRule[] = [
  {
    id: "econnrefused",
    phrases: ["econnrefused", "connection refused"],
    finding: "nothing accepts connections at this address",
    causes: [
      "The server behind {endpoint} is not running, or listens on another port",
      "A firewall refuses the connection",
    ],
    fixes: [
      "Check host and port of {endpoint}",
      "Start the server, or open the port for the address you call from",
    ],
    prevention: ["Watch the server with a health check, and retry short restarts"],
  },
  {
    id: "econnreset",
    phrases: ["econnreset", "epipe", "socket hang up", "connection reset", "broken pipe"],
    finding: "the other side closed the connection in the middle",
    causes: [
      "{service} or a proxy dropped an idle or long connection",
      "The server behind {endpoint} crashed or restarted",
    ],
    fixes: [
      "Repeat the call: this is often passing",
      "Keep idle connections shorter than the other side does",
    ],
    prevention: ["Retry calls that may be repeated safely, with an idempotency key for those that write"],
  },
  {
    id: "etimedout",
    phrases: [
      "etimedout",
      "esockettimedout",
      "connection timed out",
      "connect timeout",
      "und err connect timeout",
    ],
    finding: "no connection could be made in time",
    causes: [
      "A firewall silently drops the packets",
      "Host or port of {endpoint} is wrong",
      "{service} is down",
    ],
    fixes: [
      "Try {endpoint} from another network to see whether a firewall is in the way",
      "Check host, port and allow-lists",
    ],
    prevention: ["Set a connect timeout of a few seconds and retry"],
  },
  {
    id: "timeout",
    phrases: ["timeout", "timed out", "deadline exceeded", "aborterror", "took too long"],
    finding: "the answer took longer than the limit",
    causes: [
      "The call to {endpoint} does too much at once",
      "{service} is slow at the moment",
      "The time limit is too short",
    ],
    fixes: [
      "Ask for less per call: smaller pages or fewer items",
      "Repeat it after a minute",
      "Raise the time limit of this step",
    ],
    prevention: ["Split long work, and measure how long {endpoint} usually takes"],
  },
  {
    id: "enotfound",
    phrases: [
      "enotfound",
      "getaddrinfo",
      "eai again",
      "name not resolved",
      "nxdomain",
      "dns",
      "could not resolve host",
    ],
    finding: "the host name can't be resolved (DNS)",
    causes: [
      "The host name in {endpoint} has a typo",
      "The DNS record is missing or too new",
      "The resolver is unreachable",
    ],
    fixes: [
      "Copy the host name of {endpoint} from the reference again",
      "Look it up with “nslookup” from the same machine",
    ],
    prevention: ["Keep host names in one setting, and wait for DNS changes to spread before using them"],
  },
  {
    id: "ehostunreach",
    phrases: [
      "ehostunreach",
      "enetunreach",
      "network unreachable",
      "no route to host",
      "network error",
      "fetch failed",
    ],
    finding: "the network does not reach the host",
    causes: [
      "There is no route: VPN, proxy or internet connection is down",
      "The address of {endpoint} is a private one",
    ],
    fixes: [
      "Check the internet connection and VPN of the machine that calls",
      "Use a public address for {endpoint}",
    ],
    prevention: ["Monitor outgoing connectivity separately from {service}"],
  },
  {
    id: "eaddrinuse",
    phrases: ["eaddrinuse", "address already in use"],
    finding: "the port is already taken",
    causes: ["Another process listens on the same port, often an older copy of this one"],
    fixes: ["Stop the other process, or choose another port"],
    prevention: ["Stop the old process before the new one starts"],
  },
  {
    id: "tls-certificate",
    phrases: [
      "certificate", "cert has expired", "self signed", "unable to verify the first certificate", "ssl", "tls",
      "err cert", "depth zero self signed cert", "handshake",
    ], // biome-ignore format: a list
    finding: "the secure connection (TLS) could not be set up",
    causes: [
      "The certificate of {endpoint} has expired, is self-signed or lacks its intermediate certificate",
      "The certificate is for another host name",
      "The clock of the calling machine is wrong",
    ],
    fixes: [
      "Open {endpoint} in a browser and read who issued the certificate, for whom and until when",
      "Renew it or install the full chain on the server; do not switch verification off",
    ],
    prevention: ["Renew certificates automatically and alert two weeks before they expire"],
  },
  {
    id: "tls-plain-http",
    phrases: [
      "wrong version number", "packet length too long", "http request to an https server",
      "plain http request was sent to https port", "record overflow", "first record does not look like a tls handshake",
    ], // biome-ignore format: a list
    reach: "alone",
    finding: "one side speaks TLS and the other plain HTTP (or another protocol without TLS)",
    causes: [
      "{endpoint} was called with https, but its port answers without TLS",
      "A proxy is set up as https although it speaks http",
      "The connection should begin without TLS and switch to it (STARTTLS), as mail servers on port 587 do",
    ],
    fixes: [
      "Check scheme and port of {endpoint}: https usually goes with 443, http with 80 or 8080",
      "Use the TLS port, or http inside a network that you trust",
      "For mail: set “secure” to false on port 587 and to true on 465",
    ],
    prevention: ["Keep scheme, host and port together in one setting"],
  },
  {
    id: "cors",
    phrases: ["cors", "access control allow origin", "preflight"],
    finding: "the browser blocks the call because the other side does not allow this site",
    causes: ["{endpoint} was called from a browser, and {service} does not list the site's origin"],
    fixes: ["Call {endpoint} from your server instead", "If the API is yours, allow exactly this origin"],
    prevention: ["Keep calls with secrets on the server"],
  },
  {
    id: "proxy-html",
    phrases: ["unexpected token in json at position 0", "doctype", "is not valid json"],
    finding: "an HTML page came where JSON was expected",
    causes: [
      "{endpoint} is a web page, not the API",
      "A proxy, login page or error page answered instead of {service}",
    ],
    fixes: [
      "Print the first 200 characters of the answer from {endpoint}",
      "Correct the base address or log in",
    ],
    prevention: ["Check status and Content-Type before reading an answer as JSON"],
  },
];
