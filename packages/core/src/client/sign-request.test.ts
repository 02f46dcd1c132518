import { describe, expect, it } from "vitest";
import { signedFetch, signRequest } from "./sign-request.js";

/** The example of the Standard Webhooks specification, which its libraries test themselves with. */
const example = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  now: () => 1_614_265_330_000,
  body: '{"test": 2432232314}',
};
const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

describe("signRequest", () => {
  it("signs the specification's example, text and bytes alike", async () => {
    const headers = {
      "webhook-id": example.id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": signature,
    };
    expect(await signRequest(example)).toEqual(headers);
    const bytes = new TextEncoder().encode(example.body);
    expect(await signRequest({ ...example, body: bytes })).toEqual(headers);
  });

  it("takes the secret as bytes", async () => {
    const secret = Uint8Array.from(Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64"));
    expect(await signRequest({ ...example, secret })).toMatchObject({ "webhook-signature": signature });
  });

  it("names each request anew", async () => {
    const { secret } = example;
    const [one, other] = [await signRequest({ secret }), await signRequest({ secret })];
    expect(one["webhook-id"]).not.toBe(other["webhook-id"]);
    expect(one["webhook-id"]).toMatch(/^[\w.-]{1,128}$/);
  });

  it.each([
    "",
    "whsec_",
    "whsec_c2hvcnQ=",
    "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "whsec_!!!!",
    new Uint8Array(23),
  ])("refuses the secret %j without quoting it", async (secret) => {
    const error: unknown = await signRequest({ secret }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toMatch(/^TypeError: secret: must be whsec_ and at least 24 bytes/);
    expect(() => signedFetch({ secret })).toThrow(TypeError);
  });
});

describe("signedFetch", () => {
  const setUp = () => {
    const sent: { url: string; request: RequestInit }[] = [];
    const fetchSigned = signedFetch({
      secret: example.secret,
      now: example.now,
      fetch: async (url, request) => {
        sent.push({ url, request });
        return new Response("{}");
      },
    });
    return { sent, fetchSigned };
  };

  it("adds the headers and leaves the rest of the request as it is", async () => {
    const { sent, fetchSigned } = setUp();
    const { signal } = new AbortController();
    const headers = { "content-type": "application/json", "webhook-id": "old" };
    await fetchSigned("https://a.example/chat", { method: "POST", body: example.body, headers, signal });
    const [{ url, request } = expect.unreachable()] = sent;
    expect(url).toBe("https://a.example/chat");
    expect(request).toMatchObject({ method: "POST", body: example.body, signal });
    const own = new Headers(request.headers);
    expect(own.get("content-type")).toBe("application/json");
    const id = own.get("webhook-id") ?? "";
    expect(id).not.toBe("old");
    const expected = await signRequest({ ...example, id });
    expect(Object.fromEntries(own)).toMatchObject(expected);
  });

  it("signs requests without a body, each anew", async () => {
    const { sent, fetchSigned } = setUp();
    await fetchSigned("https://a.example/chat/1/stream", { method: "DELETE" });
    await fetchSigned("https://a.example/chat/1/stream", { method: "DELETE" });
    const ids = sent.map(({ request }) => new Headers(request.headers).get("webhook-id"));
    expect(new Set(ids).size).toBe(2);
  });

  it("refuses a body whose bytes it can't know", async () => {
    const { sent, fetchSigned } = setUp();
    await expect(fetchSigned("https://a.example/", { body: new FormData() })).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  });
});
