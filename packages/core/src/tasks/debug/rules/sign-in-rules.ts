import type { DebugRule } from "../debug-rule.js";

/** What error texts say about signing in: OAuth, tokens, keys and permissions. */
export const signInRules: readonly DebugRule[] = [
  {
    id: "auth",
    phrases: [
      "auth",
      "authentication",
      "unauthorized",
      "unauthenticated",
      "not authenticated",
      "invalid credentials",
    ],
    reach: "broad",
    finding: "the sign-in was not accepted",
    causes: ["The credential for {service} is wrong, expired or revoked"],
    fixes: ["Reconnect {service} and repeat the call to {endpoint}"],
    prevention: ["Alert when a connection needs to be renewed, before workflows fail"],
  },
  {
    id: "oauth-invalid-grant",
    phrases: ["invalid grant", "refresh token", "token has been expired or revoked"],
    finding: "the refresh token is no longer valid, so no new access token can be had",
    causes: [
      "The user revoked access or changed the password",
      "The refresh token was unused for too long, or was replaced by a newer one that was not stored",
      "The clock of the server is off by minutes",
    ],
    fixes: [
      "Ask the user to connect {service} again",
      "Store the new refresh token that each refresh returns",
    ],
    prevention: ["Refresh in one place only, so that two processes never use the same refresh token"],
  },
  {
    id: "oauth-invalid-client",
    phrases: ["invalid client", "client secret", "unauthorized client"],
    finding: "the app's own client id or secret is not accepted",
    causes: ["Client id and secret are from different apps or environments", "The secret was rotated"],
    fixes: ["Copy client id and secret of the app from {service} again, together"],
    prevention: ["Rotate secrets with an overlap in which both are valid"],
  },
  {
    id: "oauth-redirect-uri",
    phrases: ["redirect uri mismatch", "redirect uri", "invalid redirect"],
    finding: "the return address of the sign-in is not registered",
    causes: [
      "The redirect URI differs from the registered one: http or https, port, path or a trailing slash",
    ],
    fixes: [
      "Register exactly the address that is sent, character by character, in the app settings of {service}",
    ],
    prevention: ["Keep one redirect URI per environment in the settings"],
  },
  {
    id: "oauth-scope",
    phrases: [
      "missing scope",
      "insufficient scope",
      "insufficient permissions",
      "insufficient permission",
      "missing scopes",
    ],
    finding: "the token lacks a permission (scope)",
    causes: ["The connection was made before the scope for {endpoint} was asked for"],
    fixes: ["Add the scope to the app, then connect {service} again: old tokens do not gain it"],
    prevention: ["List the scopes that each feature needs and check them when connecting"],
  },
  {
    id: "token-expired",
    phrases: ["token expired", "expired token", "jwt expired", "session expired", "token has expired"],
    finding: "the token has expired",
    causes: ["The access token was used after its lifetime, and was not refreshed", "The clocks differ"],
    fixes: [
      "Get a new token with the refresh token and repeat the call to {endpoint}",
      "Check the server's clock",
    ],
    prevention: ["Refresh a minute before the expiry time instead of after a failure"],
  },
  {
    id: "jwt-signature",
    phrases: ["jwt malformed", "invalid signature", "jsonwebtokenerror", "invalid token"],
    finding: "the token can't be read or its signature does not fit",
    causes: ["The token is cut, quoted or from another environment", "The signing key was changed"],
    fixes: ["Decode the token and compare issuer, audience and key id with what {service} expects"],
    prevention: ["Load signing keys from the issuer instead of copying them"],
  },
  {
    id: "api-key",
    phrases: ["invalid api key", "api key", "apikey", "incorrect api key", "no api key"],
    finding: "the API key is missing or not accepted",
    causes: [
      "The key was copied incompletely, deleted or rotated",
      "A test key is used against live data or the other way round",
    ],
    fixes: ["Create a new key in {service}, put it into the connection and remove the old one"],
    prevention: ["Keep keys in a secret store, one for each environment"],
  },
  {
    id: "permission",
    phrases: ["permission denied", "access denied", "forbidden", "eacces", "not allowed", "not permitted"],
    reach: "broad",
    finding: "the connected account may not do this",
    causes: ["A permission or role is missing in {service}"],
    fixes: [
      "Try the same in {service} as the connected user, and ask its administrator for the missing right",
    ],
    prevention: ["Use an account with exactly the rights the workflow needs"],
  },
];
