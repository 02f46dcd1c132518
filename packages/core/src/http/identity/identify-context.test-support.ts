import type { IdentifyContext } from "./identify.js";

/** A request as an `Identify` sees it; `text` is its body. */
export function identifyContext(
  changes: Partial<Omit<IdentifyContext, "body">> & { readonly text?: string } = {},
): IdentifyContext {
  const { text = "", ...rest } = changes;
  return {
    method: "POST",
    path: "/chat",
    headers: {},
    ip: undefined,
    signal: new AbortController().signal,
    body: async () => new TextEncoder().encode(text),
    ...rest,
  };
}

/** A request with one header. */
export const withHeader = (name: string, value: string | undefined): IdentifyContext =>
  identifyContext({ headers: { [name]: value } });
