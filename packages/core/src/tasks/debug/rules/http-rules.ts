import type { DebugRule } from "../debug-rule.js";

/** What an HTTP status says by itself. */
export const httpRules: readonly DebugRule[] = [
  {
    id: "http-400",
    status: [400],
    finding: "the request itself is not valid",
    causes: [
      "A required field is missing or has the wrong type in the request to {endpoint}",
      "A value breaks a rule of {service}: an unknown id, a wrong date format, an empty list",
    ],
    fixes: [
      "Log the exact body sent to {endpoint} and compare it field by field with the reference of {service}",
      "Send the smallest request that should work, then add fields until it fails again",
    ],
    prevention: ["Validate the fields before the call, with the same rules as {service}"],
  },
  {
    id: "http-401",
    status: [401],
    finding: "the credential is missing, expired or not valid",
    causes: [
      "The access token for {service} has expired or was revoked",
      "The Authorization header of the request to {endpoint} is missing or malformed",
      "The credential belongs to another environment: test instead of live, another workspace",
    ],
    fixes: [
      "Check that the request to {endpoint} carries the header “Authorization: Bearer …” with no extra quotes or spaces",
      "Reconnect {service} to get a new token, then repeat the call once",
    ],
    prevention: ["Refresh tokens before they expire, and alert on the first 401 from {service}"],
  },
  {
    id: "http-402",
    status: [402],
    finding: "the account has to pay first",
    causes: [
      "The plan or prepaid balance of the {service} account is used up",
      "The feature needs a higher plan",
    ],
    fixes: ["Open the billing page of {service} and settle what is due", "Check which plan {endpoint} needs"],
    prevention: ["Set a billing alert in {service} before the limit is reached"],
  },
  {
    id: "http-403",
    status: [403],
    finding: "the credential is known, but it may not do this",
    causes: [
      "The token lacks the permission (scope) that {endpoint} needs",
      "The connected user has no access to this record, channel or folder in {service}",
      "An administrator's policy, an IP allow-list or a plan limit blocks the call",
    ],
    fixes: [
      "Compare the scopes of the token with those that {endpoint} requires, add the missing one and connect again",
      "Open the same record in {service} as the connected user to see whether that user may",
    ],
    prevention: [
      "Ask for all scopes when connecting {service}, and test each connection with a harmless call",
    ],
  },
  {
    id: "http-404",
    status: [404],
    finding: "there is nothing at this address, or the credential can't see it",
    causes: [
      "An id in {endpoint} is wrong, or the record was deleted",
      "The path or API version of {endpoint} is wrong",
      "The record exists, but the connected account has no access: many services then answer 404",
    ],
    fixes: [
      "Copy the id from {service} again and call {endpoint} with it",
      "Compare the path with the current reference of {service}: version, plural, trailing slash",
    ],
    prevention: ["Handle deleted records as a normal case: skip them and say so"],
  },
  {
    id: "http-405",
    status: [405],
    finding: "the address exists, but not for this method",
    causes: ["{endpoint} was called with the wrong method: GET instead of POST, or the other way round"],
    fixes: [
      "Read the Allow header of the answer and use one of its methods",
      "Check that no redirect turned a POST into a GET",
    ],
    prevention: ["Keep method and path of each {service} call together in one place"],
  },
  {
    id: "http-406-415",
    status: [406, 415],
    finding: "the format is not one that the service speaks",
    causes: ["The Content-Type or Accept header does not fit what {endpoint} expects"],
    fixes: [
      "Send “Content-Type: application/json” (or the type that the reference names) and a body of that type",
    ],
    prevention: ["Set the headers in the client once instead of in every call"],
  },
  {
    id: "http-408-504",
    status: [408, 504],
    finding: "the answer took too long",
    causes: [
      "{service} or something between you and it is slow",
      "The request to {endpoint} asks for too much at once",
    ],
    fixes: [
      "Repeat the call after a few seconds",
      "Ask {endpoint} for less: smaller pages, a shorter period",
    ],
    prevention: ["Retry with growing pauses, and do long work in the background"],
  },
  {
    id: "http-409",
    status: [409],
    finding: "it conflicts with what is already there",
    causes: [
      "The record exists already",
      "Someone else changed it between reading and writing",
      "The same request was sent twice",
    ],
    fixes: [
      "Read the record from {endpoint} again, merge, and write once",
      "Look for an existing record before creating one",
    ],
    prevention: ["Send an idempotency key where {service} supports it, and use “create or update”"],
  },
  {
    id: "http-410",
    status: [410],
    finding: "it was there and is gone for good",
    causes: ["The record or the API version behind {endpoint} was removed"],
    fixes: ["Remove the stale id, or move to the version that the change log of {service} names"],
    prevention: ["Follow the deprecation notices of {service}"],
  },
  {
    id: "http-413",
    status: [413],
    finding: "the request is too large",
    causes: ["A file or list is over the size limit of {endpoint}"],
    fixes: [
      "Split the data into smaller requests",
      "Upload large files by the upload method that {service} offers for them",
    ],
    prevention: ["Check sizes before sending"],
  },
  {
    id: "http-422",
    status: [422],
    finding: "the request was understood, but a value in it was refused",
    causes: ["A field breaks a rule: a duplicate, a wrong format, a value that is not in the list"],
    fixes: [
      "Read the errors in the body of the answer from {endpoint}: they name the field",
      "Correct that field and send again",
    ],
    prevention: ["Check values against the rules of {service} before the call"],
  },
  {
    id: "http-423",
    status: [423],
    finding: "the record is locked",
    causes: ["Another user or process is editing it in {service}"],
    fixes: [
      "Wait until the lock is released, or release it in {service}, then repeat the call to {endpoint}",
    ],
    prevention: ["Queue writes to the same record instead of sending them at once"],
  },
  {
    id: "http-429",
    status: [429],
    finding: "too many requests were sent in a short time",
    causes: [
      "The workflow loops over many items without a pause",
      "Other workflows or apps share the same {service} limit",
    ],
    fixes: [
      "Wait as long as the Retry-After header of the answer says, then continue with {endpoint}",
      "Send fewer requests: batch them, or process items one after the other",
    ],
    prevention: [
      "Limit the rate on your side below that of {service}",
      "Retry with growing, slightly random pauses",
    ],
  },
  {
    id: "http-451",
    status: [451],
    finding: "access is refused for legal reasons",
    causes: ["{service} may not serve this content in this country"],
    fixes: ["Ask the support of {service} which rule applies to {endpoint}"],
    prevention: ["Keep data in the region where it may be used"],
  },
  {
    id: "http-500",
    status: [500],
    finding: "something broke inside the service",
    causes: [
      "A fault or outage of {service}",
      "A value in the request to {endpoint} that {service} did not expect",
    ],
    fixes: [
      "Look at the status page of {service}, then repeat the call after a minute",
      "If only this request fails, remove unusual values until it passes and report that value to {service}",
    ],
    prevention: ["Retry 5xx answers a few times with growing pauses, then stop and alert"],
  },
  {
    id: "http-501-505",
    status: [501, 505],
    finding: "the service does not support this kind of request",
    causes: ["{endpoint} does not support the method or protocol version that was used"],
    fixes: ["Check method and HTTP version against the reference of {service}"],
    prevention: ["Keep the client library of {service} up to date"],
  },
  {
    id: "http-502-503",
    status: [502, 503],
    finding: "the service is not available at the moment",
    causes: [
      "{service} is overloaded, restarting or in maintenance",
      "A proxy between you and {endpoint} gets no answer",
    ],
    fixes: [
      "Look at the status page of {service}",
      "Repeat the call after the Retry-After time, or after a minute",
    ],
    prevention: ["Retry with growing pauses and keep what could not be sent in a queue"],
  },
  {
    id: "http-redirect",
    status: [301, 302, 303, 307, 308],
    finding: "the address has moved",
    causes: [
      "{endpoint} uses http instead of https, or an old host",
      "A login page was reached instead of the API",
    ],
    fixes: [
      "Call the address in the Location header directly",
      "Check that the credential is sent: a redirect may drop it",
    ],
    prevention: ["Use the https address from the reference of {service}"],
  },
  {
    id: "http-412-428",
    status: [412, 428],
    finding: "the record changed since it was read, or its version was not named",
    causes: ["The If-Match header has an old version (ETag), or is missing"],
    fixes: ["Read the record from {endpoint} again and send its current ETag"],
    prevention: ["Read and write a record in one go"],
  },
  {
    id: "http-414-431",
    status: [414, 431],
    finding: "the address or the headers are too long",
    causes: ["A long list is sent in the address, or cookies have grown"],
    fixes: [
      "Send the values in the body of a POST, or in smaller groups",
      "Remove cookies and headers that {endpoint} does not need",
    ],
    prevention: ["Limit how many values go into one call"],
  },
  {
    id: "http-cloudflare",
    status: [520, 521, 522, 523, 524],
    finding: "the proxy in front of the service can't reach it",
    causes: [
      "The server behind {endpoint} is down, too slow or refuses the proxy",
      "A firewall on the server blocks the addresses of the proxy",
    ],
    fixes: [
      "If the server is yours, check that it runs and lets the proxy in",
      "Otherwise look at the status page of {service} and repeat later",
    ],
    prevention: ["Watch the server itself as well as its public address"],
  },
  {
    id: "http-cloudflare-tls",
    status: [525, 526],
    finding: "the proxy in front of the service can't trust its certificate",
    causes: ["The certificate of the server behind {endpoint} is missing, expired or for another name"],
    fixes: [
      "If the server is yours, renew its certificate with the full chain",
      "Otherwise report it to {service}",
    ],
    prevention: ["Renew certificates automatically"],
  },
  {
    id: "http-529",
    status: [529],
    finding: "the service is overloaded",
    causes: ["Too many users call {service} right now: it does not depend on your limit"],
    fixes: ["Repeat with growing pauses", "Use another provider or model meanwhile"],
    prevention: ["Keep what could not be sent in a queue"],
  },
];
