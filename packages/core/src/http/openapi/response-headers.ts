const text = { type: "string" };

/** What replies have in their headers, as a document's components. */
export const responseHeaders = {
  "X-Request-Id": {
    description: "Names the request; the client's own when it sent a fitting one.",
    schema: text,
  },
  RateLimit: { description: 'What is left of each limit: "user";r=19', schema: text },
  "RateLimit-Policy": { description: 'The limits: "user";q=20;w=60', schema: text },
  "Retry-After": { description: "Seconds until the next try.", schema: { type: "integer", minimum: 1 } },
  "WWW-Authenticate": { description: "Bearer, whatever credentials are taken.", schema: text },
  Allow: { description: "The methods that the endpoint has.", schema: text },
  Connection: { description: "close: what is left of the body is not read.", schema: text },
};

/** One of {@link responseHeaders}. */
export type ResponseHeader = keyof typeof responseHeaders;

/** References to some of them. */
export const headerRefs = (...names: readonly ResponseHeader[]): Readonly<Record<string, object>> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
