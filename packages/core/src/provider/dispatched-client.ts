import { type ClientOptions, OpenAI as OfficialClient } from "openai";
import { type DispatchTarget, dispatchedFetch, dispatchTarget } from "./dispatched-fetch.js";
import { fetchDispatcher } from "./fetch-dispatcher.js";

type BuildRequest = OfficialClient["buildRequest"];
type FetchWithTimeout = OfficialClient["fetchWithTimeout"];

/**
 * The official client, with the address and the headers of a path made once instead of for every request: for requests
 * that have nothing of their own but a body and a signal. Named as its base: the SDK tells servers its class's name.
 */
class OpenAI extends OfficialClient {
  /** By path. */
  readonly #made = new Map<string, ReturnType<BuildRequest>>();
  /** By address, which is all that the SDK passes on of what was made. */
  readonly #targets = new Map<unknown, DispatchTarget>();

  override async buildRequest(...[options, attempt]: Parameters<BuildRequest>): ReturnType<BuildRequest> {
    const { path, body, signal = null } = options;
    let made = this.#made.get(path);
    if (made === undefined) {
      const built = super.buildRequest({ ...options, body: {}, signal: null }, attempt);
      made = built.then(({ url, timeout, req }) => {
        this.#targets.set(url, dispatchTarget(url, req.headers));
        return { url, timeout, req: { ...req, headers: lightHeaders(req.headers) } };
      });
      this.#made.set(path, made);
    }
    const { url, timeout, req } = await made;
    const { method = "POST", headers } = req;
    return { url, timeout, req: { method, headers, body: JSON.stringify(body), signal } };
  }

  /** The SDK's own makes an `AbortController`, a listener and a timer for each request; a dispatcher has its timer. */
  override fetchWithTimeout(...request: Parameters<FetchWithTimeout>): ReturnType<FetchWithTimeout> {
    if (fetchDispatcher() === undefined) return super.fetchWithTimeout(...request);
    const [url, { method = "POST", headers = {}, body = null, signal = null } = {}, headersTimeout] = request;
    const target = this.#targets.get(url);
    const sent = { method: method.toUpperCase(), headers, body, signal, headersTimeout, target };
    return dispatchedFetch(url, sent);
  }
}

/** The SDK copies a `Headers` for its log in every call, also when it logs nothing. */
function lightHeaders(headers: Headers): Headers {
  const light: unknown = new Map(headers);
  return light as Headers; // as: nobody but the fetch below reads them
}

/** Makes an official client that sends with {@link dispatchedFetch}. Its key is a text, and it makes no second attempt. */
export const createDispatchedClient = (
  options: ClientOptions & { readonly apiKey: string; readonly maxRetries: 0 },
): OfficialClient => new OpenAI({ ...options, fetch: dispatchedFetch });
