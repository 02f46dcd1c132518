import type { ChatThreadMessage } from "@levqor/core/client";
import { LocalAnswerBadge } from "./answer-state.js";
import { LengthRemarks } from "./length-remarks.js";
import { MarkdownText } from "./markdown-text.js";

const remarks: Readonly<Partial<Record<ChatThreadMessage["status"], string>>> = {
  stopped: "Stopped",
  error: "The answer broke off",
};

/** One message of a conversation. */
export function ChatMessage({ message }: { readonly message: ChatThreadMessage }) {
  const { role, text, status, metadata } = message;
  return (
    <article className="message" data-role={role} data-status={status}>
      <h3 className="visually-hidden">{role === "user" ? "You" : "Levqor"}</h3>
      {role === "user" ? (
        <p className="message-question" dir="auto">
          {text}
        </p>
      ) : (
        <MarkdownText source={text} />
      )}
      {remarks[status] === undefined ? null : <p className="message-remark">{remarks[status]}</p>}
      <LengthRemarks metadata={metadata} />
      <LocalAnswerBadge degraded={metadata?.degraded} />
    </article>
  );
}
