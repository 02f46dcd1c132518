import { expect, it } from "vitest";
import { findAddress } from "./find-address.js";

it.each<[string, string | undefined]>([
  ["getaddrinfo ENOTFOUND hooks.slack.com", "hooks.slack.com"],
  ["connect ECONNREFUSED 10.0.0.5:5432", "10.0.0.5:5432"],
  ["connect ECONNREFUSED [IP_ADDRESS_k3f9_0001]:5432", "[IP_ADDRESS_k3f9_0001]:5432"],
  ["no answer from [IP_ADDRESS_k3f9_0001].", "[IP_ADDRESS_k3f9_0001]"],
  ["connect ECONNREFUSED ::1:5432 (localhost:5432)", "localhost:5432"],
  ["connect ECONNREFUSED [::1]:5432", "[::1]:5432"],
  ["curl: (6) Could not resolve host: api.exmple.com", "api.exmple.com"],
  ["POST https://api.example.com/v1/items?key=abc failed.", "api.example.com/v1/items"],
  ["request to http://localhost:3000/, failed", "localhost:3000/"],
  ["see (https://api.example.com/v1).", "api.example.com/v1"],
  ["postgres://app:pw@db.internal:5432/main refused", "db.internal:5432/main"],
  ["timeout at db.internal:5432", "db.internal:5432"],
  ["TypeError: customer.address.city is undefined", undefined],
  ["at handler (index.js:120)", undefined],
  ["at handler (index.js:120:14)", undefined],
  ["Error in step 3: nothing found", undefined],
  ["took 10.5 seconds, version 1.2.3", undefined],
])("%s", (message, address) => {
  expect(findAddress(message)).toBe(address);
});
