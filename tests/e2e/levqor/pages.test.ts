import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { levqorFacts } from "../../../examples/levqor/facts/levqor-facts.js";
import { buildTestSite, type TestSite } from "./build-test-site.js";
import { openBrowser } from "./open-browser.js";
import { type RunningLevqor, startLevqor } from "./start-levqor.js";

let site: TestSite;
let levqor: RunningLevqor;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  [site, browser] = await Promise.all([buildTestSite(), openBrowser()]);
  levqor = await startLevqor({ siteDirectory: site.directory });
});

afterAll(async () => {
  await browser?.close();
  await levqor?.stop();
  site?.remove();
});

beforeEach(async () => {
  context = await browser.newContext({ baseURL: levqor.url });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(levqor.url)) problems.push(`asked ${request.url()}`);
  });
});

afterEach(async () => {
  await context.close();
});

const textOf = (selector: string) => page.locator(selector).innerText();

describe("the pages", () => {
  it("are walked by their links, without an error and without a request to anyone else", async () => {
    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: "Work that runs itself" }).waitFor();
    const walk = [
      ["Dashboard", "Welcome to Levqor"],
      ["New workflow", "New workflow"],
      ["Debug", "Debug assistant"],
      ["Pricing", "Simple prices"],
      ["Free trial", "Try all of it first"],
    ] as const;
    for (const [link, heading] of walk) {
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: link }).click();
      const title = page.getByRole("heading", { level: 1, name: heading });
      await title.waitFor();
      expect(await title.evaluate((element) => element === document.activeElement)).toBe(true);
    }
    expect(problems).toEqual([]);
  });

  it("say that an address is no page, with status 404", async () => {
    const response = await page.goto("/no/such/page");
    expect(response?.status()).toBe(404);
    await page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
  });

  it("show monthly and yearly prices", async () => {
    await page.goto("/pricing");
    expect(await textOf("[data-fact='tier.business.monthly']")).toBe("£149");
    await page.getByRole("radio", { name: /Yearly/ }).check();
    expect(await textOf("[data-fact='tier.business.yearly']")).toBe("£1,490");
    expect(await page.locator("[data-fact$='.monthly']").count()).toBe(0);
  });

  it("say how the trial works, and open the demo account", async () => {
    await page.goto("/trial");
    const { headline, card, cancel } = levqorFacts.trial;
    for (const promise of [headline, card, cancel])
      await page.getByRole("main").getByText(promise, { exact: true }).waitFor();
    await page.getByRole("button", { name: "Open the demo account" }).click();
    await page.getByRole("heading", { level: 1, name: "Welcome, Amara" }).waitFor();
  });
});

describe("the help panel", () => {
  it("quotes the right price, names its source, and says that no model answered", async () => {
    await page.goto("/pricing");
    await page.getByLabel("Your question").fill("How much does the Pro plan cost per year?");
    await page.getByLabel("Your question").press("Enter");
    const answer = page.getByRole("article").last();
    await answer.getByText("Answered by the built-in engine").waitFor();
    expect(await answer.innerText()).toContain("£590");
    expect(await answer.getByRole("link", { name: /plan/i }).first().getAttribute("href")).toBe("/pricing");
    expect(problems).toEqual([]);
  });

  it("keeps the conversation when a source is followed", async () => {
    await page.goto("/dashboard");
    await page.getByLabel("Your question").fill("How much is Pro?");
    await page.getByLabel("Your question").press("Enter");
    await page.getByRole("article").last().getByRole("link", { name: "The Pro plan" }).click();
    await page.getByRole("heading", { level: 1, name: "Simple prices" }).waitFor();
    expect(await page.getByRole("article").last().innerText()).toContain("£59");
    await page.getByRole("button", { name: "New chat" }).click();
    await expect.poll(() => page.getByRole("article").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it("shows what is asked as text, whatever it holds", async () => {
    await page.goto("/pricing");
    const question = '<img src=x onerror="document.title=1"> What does Starter cost?';
    await page.getByLabel("Your question").fill(question);
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await page.getByText("Answered by the built-in engine").waitFor();
    expect(await textOf(".message-question")).toBe(question);
    expect(await page.locator(".message img").count()).toBe(0);
    expect(problems).toEqual([]);
  });
});

describe("the workflow builder", () => {
  it("turns the sentence into a trigger and an action", async () => {
    await page.goto("/workflows/new");
    await page
      .getByLabel("What should happen?")
      .fill("When a new lead fills a form, add a row to a Google Sheet");
    await page.getByRole("checkbox", { name: "Google Sheets" }).check();
    await page.getByRole("button", { name: "Build the workflow" }).click();
    const steps = page.getByRole("list", { name: "Workflow steps" }).getByRole("listitem");
    await steps.first().waitFor();
    expect(await steps.count()).toBe(2);
    expect(await steps.nth(0).innerText()).toMatch(/Trigger\s*Forms/);
    expect(await steps.nth(1).innerText()).toMatch(/Action\s*Google Sheets/);
    const heading = page.getByRole("heading", { name: "Your workflow" });
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("asks for a description before it asks the gateway", async () => {
    await page.goto("/workflows/new");
    await page.getByRole("button", { name: "Build the workflow" }).click();
    await page.getByText("Describe what should happen.").waitFor();
    expect(await page.getByLabel("What should happen?").getAttribute("aria-invalid")).toBe("true");
    expect(
      await page.getByLabel("What should happen?").evaluate((element) => element === document.activeElement),
    ).toBe(true);
  });
});

describe("the debug assistant", () => {
  it("explains a 401 from Slack", async () => {
    await page.goto("/debug");
    await page.getByLabel("Kind of error").fill("auth_error");
    await page.getByLabel("Message").fill("401 from Slack API");
    await page.getByLabel("Service (optional)").selectOption("slack");
    await page.getByLabel("HTTP status (optional)").fill("401");
    await page.getByLabel("Endpoint (optional)").fill("/chat.postMessage");
    await page.getByRole("button", { name: "Explain the error" }).click();
    await page.getByRole("heading", { name: "How to fix it" }).waitFor();
    expect(await textOf(".debug-summary")).toMatch(/slack/i);
    expect(await page.locator(".debug-lines li").count()).toBeGreaterThanOrEqual(3);
  });

  it("says that a long text was not read to its end", async () => {
    await page.goto("/debug");
    await page.getByRole("button", { name: "Use the example" }).click();
    await page.getByLabel("Message").fill(`401 from Slack API ${"and so on ".repeat(600)}`);
    await page.getByRole("button", { name: "Explain the error" }).click();
    await page.getByText("Your text was too long: only its beginning was read.").waitFor();
  });

  it("refuses a status that is no number", async () => {
    await page.goto("/debug");
    await page.getByRole("button", { name: "Use the example" }).click();
    await page.getByLabel("HTTP status (optional)").fill("four");
    await page.getByRole("button", { name: "Explain the error" }).click();
    await page.getByText("Use a number from 100 to 599.").waitFor();
  });
});

describe("the onboarding tutor", () => {
  it("keeps what was ticked, and asks for nothing that is done", async () => {
    await page.goto("/dashboard");
    const items = page.locator(".checklist").getByRole("checkbox");
    await items.first().waitFor();
    const before = await page.locator(".checklist").innerText();
    await items.first().check();
    await page.getByText(/^1 of \d+ done$/).waitFor();
    await page.reload();
    await page.getByText(/^1 of \d+ done$/).waitFor();
    expect(await items.first().isChecked()).toBe(true);

    await page.getByRole("checkbox", { name: "I have connected a tool" }).check();
    await page.getByRole("checkbox", { name: "I have run a workflow" }).check();
    await expect.poll(() => page.locator(".checklist").innerText()).not.toBe(before);
    expect(await items.count()).toBeGreaterThan(0);
  });
});

describe("signing in", () => {
  it("changes who asks, and forgets the conversation", async () => {
    await page.goto("/dashboard");
    await page.getByLabel("Your question").fill("How do I connect a tool?");
    await page.getByLabel("Your question").press("Enter");
    await page.getByRole("article").nth(1).waitFor();

    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Jonas Weber" }).click();
    await page.getByRole("heading", { level: 1, name: "Welcome, Jonas" }).waitFor();
    expect(await page.getByRole("article").count()).toBe(0);
    expect(await page.evaluate(() => document.cookie)).toBe("");

    await page.reload();
    await page.getByRole("button", { name: "Account of Jonas Weber" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { level: 1, name: "Welcome to Levqor" }).waitFor();
    expect(await context.cookies()).toEqual([]);
    expect(problems).toEqual([]);
  });

  it("in another tab is noticed when this one is shown again", async () => {
    await page.goto("/dashboard");
    await page.getByRole("heading", { level: 1, name: "Welcome to Levqor" }).waitFor();
    const other = await context.newPage();
    await other.goto("/trial");
    await other.getByRole("button", { name: "Open the demo account" }).click();
    await other.getByRole("heading", { level: 1, name: "Welcome, Amara" }).waitFor();
    await other.close();
    // A headless browser shows every tab at once, so the event is sent by hand.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.getByRole("heading", { level: 1, name: "Welcome, Amara" }).waitFor();
  });
});
