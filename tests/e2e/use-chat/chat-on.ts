import type { Page } from "playwright-core";
import { expect } from "vitest";

/** The chat as its user sees it. */
export function chatOn(page: Page) {
  const answers = page.getByRole("article", { name: "assistant" });
  const answer = answers.last();
  return {
    page,
    answers,
    alert: page.getByRole("alert"),
    text: answer.locator("[data-part=text]"),
    data: async (name: string) =>
      JSON.parse((await answer.locator(`[data-part=data-${name}]`).textContent()) ?? ""),
    async send(text: string) {
      await page.getByLabel("Message").fill(text);
      await page.getByRole("button", { name: "Send" }).click();
    },
    stop: (name = "Stop") => page.getByRole("button", { name, exact: true }).click(),
    is: (status: string) => page.getByRole("status").getByText(status, { exact: true }).waitFor(),
    shows: (text: string) => answer.getByText(text, { exact: true }).waitFor(),
    async showsOnce(text: string) {
      expect(await answers.count()).toBe(1);
      expect(await answer.locator("[data-part=text]").allTextContents()).toEqual([text]);
    },
    metadata: async () => JSON.parse((await answer.locator("pre").textContent()) ?? ""),
  };
}
