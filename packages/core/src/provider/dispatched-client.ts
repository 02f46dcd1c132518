import { type ClientOptions, OpenAI as OfficialClient } from "openai";
import { dispatchedFetch } from "./dispatched-fetch.js";

type BuildRequest = OfficialClient["buildRequest"];

/**
 * The official client, with the address and the headers of a path made once instead of for every request: for requests
 * that have nothing of their own but a body and a signal. Named as its base: the SDK tells servers its class's name.
 */
class OpenAI extends OfficialClient {
  readonly #made = new Map<string, ReturnType<BuildRequest>>();

  override async buildRequest(...[options, attempt]: Parameters<BuildRequest>): ReturnType<BuildRequest> {
    const { path, body, signal } = options;
    let made = this.#made.get(path);
    if (made === undefined) {
      made = super.buildRequest({ ...options, body: {}, signal: null }, attempt).then(withLightHeaders);
      this.#made.set(path, made);
    }
    const { req, ...rest } = await made;
    return { ...rest, req: { ...req, body: JSON.stringify(body), signal: signal ?? null } };
  }
}

/** The SDK copies a `Headers` for its log in every call, also when it logs nothing. */
const withLightHeaders = ({ req, ...rest }: Awaited<ReturnType<BuildRequest>>) => {
  const headers: unknown = new Map(req.headers);
  return { ...rest, req: { ...req, headers: headers as Headers } }; // as: nobody but the fetch below reads them
};

/** Makes an official client that sends with {@link dispatchedFetch}. Its key is a text, and it makes no second attempt. */
export const createDispatchedClient = (
  options: ClientOptions & { readonly apiKey: string; readonly maxRetries: 0 },
): OfficialClient => new OpenAI({ ...options, fetch: dispatchedFetch });
