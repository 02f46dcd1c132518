// How each kind of server is asked, and where its text is: in the whole reply, and in an event of a stream.
import { chatRequest, streamRequest } from "../prompt.mjs";

const openAiText = ({ choices }) => choices[0].message.content;
const openAiDelta = ({ choices }) => choices?.[0]?.delta.content;
const replyText = ({ reply }) => reply;
const uiMessageDelta = ({ type, delta }) => (type === "text-delta" ? delta : undefined);
const openAi = { text: openAiText, delta: openAiDelta };
const uiMessages = { text: replyText, delta: uiMessageDelta };

/** OpenAI's own API. */
const asOpenAi = (question, { isStream }) => ({
  path: "/v1/chat/completions",
  headers: {},
  body: isStream ? streamRequest(question) : chatRequest(question),
});

export const protocols = {
  openai: { ...openAi, request: asOpenAi },
  portkey: {
    ...openAi,
    request: (question, asked) => ({
      ...asOpenAi(question, asked),
      headers: {
        authorization: "Bearer sk-bench",
        "x-portkey-provider": "openai",
        "x-portkey-custom-host": asked.upstream,
      },
    }),
  },
  "ai-sdk": {
    ...uiMessages,
    request: (message, { isStream }) => ({ path: "/ask", headers: {}, body: { message, stream: isStream } }),
  },
  levqor: {
    ...uiMessages,
    request: (message, { isStream }) => ({
      path: "/api/ai/ask",
      headers: { accept: isStream ? "text/event-stream" : "application/json" },
      body: { message },
    }),
  },
};
