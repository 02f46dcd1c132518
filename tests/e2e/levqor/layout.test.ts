import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildTestSite, type TestSite } from "./build-test-site.js";
import { openBrowser } from "./open-browser.js";
import { type RunningLevqor, startLevqor } from "./start-levqor.js";

const longWord = "pneumono".repeat(25);
let site: TestSite;
let levqor: RunningLevqor;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [site, browser] = await Promise.all([buildTestSite(), openBrowser()]);
  const writeLongWord = async function* () {
    yield { type: "text-delta", delta: `\`${longWord}\` and\n\n- ${longWord}` } as const;
    const usage = { inputTokens: 1, outputTokens: 1, source: "reported" } as const;
    yield { type: "finish", reason: "stop", usage } as const;
  };
  const provider = { name: "long", model: "gpt-4o-mini", stream: writeLongWord };
  levqor = await startLevqor({ siteDirectory: site.directory, provider });
});

afterAll(async () => {
  await browser?.close();
  await levqor?.stop();
  site?.remove();
});

beforeEach(async () => {
  page = await browser.newPage({ baseURL: levqor.url, viewport: { width: 390, height: 800 } });
  page.setDefaultTimeout(10_000);
});

afterEach(() => page.close());

const overflow = (selector: string) =>
  page.locator(selector).evaluate((element) => element.scrollWidth - element.clientWidth);

describe("a word of 200 characters", () => {
  it("stays inside the chat, asked and answered", async () => {
    await page.goto("/pricing");
    await page.getByLabel("Your question").fill(`${longWord}?`);
    await page.getByLabel("Your question").press("Enter");
    await page.getByRole("article").nth(1).getByRole("listitem").waitFor();
    expect(await overflow("html")).toBe(0);
    expect(await overflow(".messages")).toBe(0);
    expect(await page.locator(".message-question").getAttribute("dir")).toBe("auto");
  });

  it("stays inside the debug assistant, asked and answered", async () => {
    await page.goto("/debug");
    await page.getByLabel("Kind of error").fill(longWord);
    await page.getByLabel("Message").fill(longWord);
    await page.getByLabel("Endpoint (optional)").fill(`/${longWord}`);
    await page.getByRole("button", { name: "Explain the error" }).click();
    await page.getByRole("heading", { name: "How to fix it" }).waitFor();
    expect(await page.locator(".assistant-answer").innerText()).toContain("pneumono");
    expect(await overflow("html")).toBe(0);
  });
});

it("a word of 200 characters stays inside the search, with the filters beside it", async () => {
  await page.goto("/dashboard");
  const search = page.getByRole("search");
  await search.getByRole("checkbox", { name: "Understand filters" }).check();
  await search.getByLabel("Search help, plans and templates").fill(`templates about ${longWord} invoices`);
  await search.getByRole("button", { name: "Search" }).click();
  await search.locator(".tag").getByText(longWord).waitFor();
  expect(await overflow("html")).toBe(0);
  expect(await overflow(".search")).toBe(0);
});

it("many questions leave nothing below the footer", async () => {
  await page.goto("/pricing");
  for (let asked = 1; asked <= 6; asked++) {
    await page.getByLabel("Your question").fill(`Question ${asked}?`);
    await page.getByLabel("Your question").press("Enter");
    await page
      .getByRole("article")
      .nth(asked * 2 - 1)
      .getByRole("listitem")
      .waitFor();
  }
  const below = await page.evaluate(() => {
    const end = document.querySelector("footer")?.getBoundingClientRect().bottom ?? 0;
    return document.documentElement.scrollHeight - (end + window.scrollY);
  });
  expect(Math.abs(below)).toBeLessThan(1);
});
