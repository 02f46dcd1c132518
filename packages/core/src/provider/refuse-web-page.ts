/**
 * Refuses an answer that is a web page, whatever its status says: something else than the vendor stands at the base URL.
 *
 * @throws a `SyntaxError`, which `providerSdkError` turns into `provider_malformed`
 */
export async function refuseWebPage({ headers, body, bodyUsed }: Response): Promise<void> {
  if (!/^\s*text\/html\b/i.test(headers.get("content-type") ?? "")) return;
  if (!bodyUsed) await body?.cancel(); // sets the connection free
  throw new SyntaxError("The answer is a web page.");
}
