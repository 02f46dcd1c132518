import { describe, expect, it } from "vitest";
import { refuseWebPage } from "./refuse-web-page.js";

const answer = (contentType: string) => new Response("CANARY", { headers: { "content-type": contentType } });

describe("refuseWebPage", () => {
  it.each(["text/html", "text/html; charset=utf-8", "Text/HTML"])("refuses %s", async (contentType) => {
    await expect(refuseWebPage(answer(contentType))).rejects.toThrow(SyntaxError);
  });

  it.each(["application/json", "text/event-stream; charset=utf-8", "text/plain", "text/htmlx", ""])(
    "lets %j pass, unread",
    async (contentType) => {
      const response = answer(contentType);
      await refuseWebPage(response);
      expect(await response.text()).toBe("CANARY");
    },
  );

  it("lets an answer without a type pass", async () => {
    await expect(refuseWebPage(new Response(null))).resolves.toBeUndefined();
  });

  it("leaves nothing of a page to be read, and minds none that was read already", async () => {
    const page = answer("text/html");
    await expect(refuseWebPage(page)).rejects.toThrow(SyntaxError);
    expect(await page.text().catch(() => "")).toBe("");
    const read = answer("text/html");
    await read.text();
    await expect(refuseWebPage(read)).rejects.toThrow("The answer is a web page.");
  });
});
