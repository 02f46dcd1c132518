const header = (name: string, description: string, schema: object = { type: "string" }) => ({
  name,
  in: "header",
  description,
  schema,
});

const requestId = header("X-Request-Id", "Names the request: 8 to 128 letters, digits, dots, _ and -.");

/** What names a stream in its path. */
export const streamId = {
  name: "stream_id",
  in: "path",
  required: true,
  description: "The request id of the reply that is streamed, or the id of its chat.",
  schema: { type: "string" },
};

/** What a client may say about a call beside its body. */
export const callParameters = [
  requestId,
  header("X-AI-Conversation", "Names the conversation, so that a value keeps its placeholder in it."),
  header("X-AI-On-Break", "Whether a stream that breaks is begun anew.", {
    enum: ["terminate", "restart"],
    default: "terminate",
  }),
];

/** The same where it reads on in a stream. */
export const resumeParameters = [
  requestId,
  header("Last-Event-ID", "The last event that it has.", { type: "integer", minimum: 0 }),
];

/** The same where it stops one. */
export const stopParameters = [requestId];
