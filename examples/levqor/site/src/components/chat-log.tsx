import type { ChatThreadMessage } from "@levqor/core/client";
import { useEffect, useRef } from "react";
import { ChatMessage } from "./chat-message.js";

/** The conversation, scrolled to its end. Screen readers hear an answer when it is complete. */
export function ChatLog(props: {
  readonly messages: readonly ChatThreadMessage[];
  readonly isBusy: boolean;
}) {
  const { messages, isBusy } = props;
  const log = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1);
  useEffect(() => {
    if (newest !== undefined) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [newest]);
  return (
    <div
      ref={log}
      className="messages"
      role="log"
      aria-label="Conversation"
      aria-live="polite"
      aria-busy={isBusy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {messages.map((message) => (
        <ChatMessage key={message.id} message={message} />
      ))}
    </div>
  );
}
