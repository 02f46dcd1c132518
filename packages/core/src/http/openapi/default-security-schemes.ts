/** The credentials that the ready-made kinds of `identify` read, under their default headers. */
export const defaultSecuritySchemes = {
  bearer: { type: "http", scheme: "bearer" },
  apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
  signature: {
    type: "apiKey",
    in: "header",
    name: "webhook-signature",
    description: "Standard Webhooks: webhook-id, webhook-timestamp and webhook-signature.",
  },
};
