import { type UseAiChat, useAiChat } from "@levqor/react-hooks";
import { createContext, type ReactNode, useContext } from "react";
import { useLocation } from "react-router";

const HelpChatContext = createContext<UseAiChat | undefined>(undefined);

/**
 * The site's one conversation. It goes along from page to page, so following a source does not end it, and a reload in
 * the middle of an answer loses nothing.
 */
export function HelpChat({ children }: { readonly children: ReactNode }) {
  const [, page] = useLocation().pathname.split("/");
  // Where the user is; the gateway answers for this page.
  const chat = useAiChat({ context: page ? { page } : undefined, persist: "help" });
  return <HelpChatContext value={chat}>{children}</HelpChatContext>;
}

/** The conversation and what can be done with it. */
export function useHelpChat(): UseAiChat {
  const chat = useContext(HelpChatContext);
  if (chat === undefined) throw new Error("useHelpChat must be used inside HelpChat.");
  return chat;
}
