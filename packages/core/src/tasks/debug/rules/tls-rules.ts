import type { DebugRule } from "../debug-rule.js";

/** What the secure connection (TLS) says: certificates, names and versions. */
export const tlsRules: readonly DebugRule[] = [
  {
    id: "tls-expired",
    phrases: [
      "cert has expired",
      "certificate has expired",
      "certificate expired",
      "err cert date invalid",
      "certificate is not yet valid",
      "cert not yet valid",
    ],
    finding: "the certificate of the other side has expired, so the secure connection (TLS) fails",
    causes: [
      "The certificate of {endpoint} was not renewed in time",
      "The clock of the calling machine is wrong",
    ],
    fixes: [
      "Open {endpoint} in a browser and read until when the certificate is valid",
      "Renew it on the server; do not switch verification off",
    ],
    prevention: ["Renew certificates automatically and alert two weeks before they expire"],
  },
  {
    id: "tls-self-signed",
    phrases: [
      "self signed certificate",
      "self signed certificate in certificate chain",
      "depth zero self signed cert",
      "self signed cert in chain",
      "self signed",
    ],
    finding: "the certificate is self-signed, so the secure connection (TLS) is not trusted",
    causes: [
      "{endpoint} uses a certificate of its own making, as development servers do",
      "A proxy of the company opens the connection and puts in its own certificate",
    ],
    fixes: [
      "Add the certificate's authority to the trusted ones (in Node.js NODE_EXTRA_CA_CERTS); do not switch verification off",
      "Use a certificate of a public authority on the server",
    ],
    prevention: ["Give internal servers certificates of one internal authority"],
  },
  {
    id: "tls-chain",
    phrases: [
      "unable to verify the first certificate",
      "unable to verify leaf signature",
      "unable to get local issuer certificate",
      "unable to get issuer cert",
      "unable to get issuer cert locally",
      "certificate signed by unknown authority",
    ],
    finding: "the server does not send its intermediate certificate, so TLS can't check the chain",
    causes: [
      "Only the server's own certificate is installed at {endpoint}; browsers find the missing one by themselves, programs do not",
      "The list of trusted authorities on this machine is old",
    ],
    fixes: ["Install the full chain on the server", "Check it with “openssl s_client -connect” and the host"],
    prevention: ["Test TLS with a program, not only with a browser"],
  },
  {
    id: "tls-name",
    phrases: [
      "err tls cert altname invalid",
      "does not match certificate s altnames",
      "altname",
      "err cert common name invalid",
      "hostname mismatch",
      "certificate is not valid for",
    ],
    finding: "the certificate is for another host name, so TLS refuses it",
    causes: [
      "{endpoint} was called by another name or by its IP address",
      "The certificate does not list this name",
    ],
    fixes: ["Use a host name that the certificate lists", "Issue a certificate that has this name"],
    prevention: ["List every public name of the server in its certificate"],
  },
  {
    id: "tls-version",
    phrases: [
      "handshake failure",
      "unsupported protocol",
      "no shared cipher",
      "alert protocol version",
      "tlsv1 alert protocol version",
      "sslv3 alert handshake failure",
      "no protocols available",
    ],
    finding: "the two sides have no TLS version or cipher in common",
    causes: [
      "One side only speaks old TLS (1.0 or 1.1), the other refuses it",
      "A wrong host name was sent (SNI), or a client certificate is expected",
    ],
    fixes: [
      "Update the older side to TLS 1.2 or 1.3",
      "Check with “openssl s_client” which versions {endpoint} takes",
    ],
    prevention: ["Keep operating system and runtime up to date"],
  },
  {
    id: "tls-client",
    phrases: ["certificate required", "bad certificate", "no required ssl certificate was sent"],
    finding: "the server asks for a client certificate",
    causes: ["No client certificate was sent to {endpoint}, or it is not accepted"],
    fixes: ["Send certificate and key that {service} issued to you"],
    prevention: ["Put the end date of client certificates into a calendar"],
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
    id: "tls-certificate",
    phrases: ["certificate", "ssl", "tls", "err cert", "handshake"],
    reach: "broad",
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
];
