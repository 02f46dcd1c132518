import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport, type UIMessage } from "ai";
import { type FormEvent, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

/** What the page's address says about the chat. */
const options = new URLSearchParams(location.search);
const task = options.get("task") ?? "chat";
const id = options.get("id") ?? crypto.randomUUID();
const api = `/api/ai/${task}`;

/** The chat task takes what `useChat` sends as it is; another task gets its own input, written as JSON. */
const transport =
  task === "chat"
    ? new DefaultChatTransport({ api })
    : new DefaultChatTransport({
        api,
        headers: { accept: "text/event-stream" },
        prepareSendMessagesRequest: ({ messages }) => ({ body: JSON.parse(textOf(messages.at(-1))) }),
      });

/** The conversation outlives a reload, as an application would keep it in its database. */
const kept: UIMessage[] = JSON.parse(sessionStorage.getItem(id) ?? "[]");

function Chat() {
  const { messages, sendMessage, status, error, stop } = useChat({
    id,
    transport,
    messages: kept,
    resume: options.has("resume"),
  });
  const [text, setText] = useState("");
  useEffect(() => sessionStorage.setItem(id, JSON.stringify(messages)), [messages]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setText("");
    void sendMessage({ text });
  };
  const stopForAll = () => fetch(`${api}/${id}/stream`, { method: "DELETE" });
  return (
    <main>
      {messages.map((message) => (
        <Message key={message.id} message={message} />
      ))}
      <form onSubmit={send}>
        <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit">Send</button>
        <button type="button" onClick={stop}>
          Stop
        </button>
        <button type="button" onClick={stopForAll}>
          Stop for all
        </button>
      </form>
      <output>{status}</output>
      {error === undefined ? null : <p role="alert">{error.message}</p>}
    </main>
  );
}

function Message({ message: { role, parts, metadata } }: { readonly message: UIMessage }) {
  return (
    <article aria-label={role}>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever added
        <p key={index} data-part={part.type}>
          {part.type === "text" ? part.text : "data" in part ? JSON.stringify(part.data) : ""}
        </p>
      ))}
      <pre>{JSON.stringify(metadata)}</pre>
    </article>
  );
}

function textOf(message: UIMessage | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
}

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<Chat />);
