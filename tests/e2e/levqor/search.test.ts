import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildTestSite, type TestSite } from "./build-test-site.js";
import { openBrowser } from "./open-browser.js";
import { pacedProvider } from "./paced-provider.js";
import { type RunningLevqor, startLevqor } from "./start-levqor.js";

let site: TestSite;
let browser: Browser;
let levqor: RunningLevqor;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  [site, browser] = await Promise.all([buildTestSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  site?.remove();
});

beforeEach(async () => {
  levqor = await startLevqor({ siteDirectory: site.directory });
  context = await browser.newContext({ baseURL: levqor.url });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto("/dashboard");
});

afterEach(async () => {
  await context.close();
  await levqor.stop();
  expect(problems).toEqual([]);
});

const search = () => page.getByRole("search");
const box = () => search().getByLabel("Search help, plans and templates");
const results = () => search().getByRole("list", { name: "Search results" });
const suggestions = () => page.getByRole("region", { name: "Suggested next" });
const hasFocus = (name: ReturnType<typeof box>) =>
  name.evaluate((element) => element === document.activeElement);

/** Searches by keyboard. */
async function searchFor(query: string): Promise<void> {
  await box().fill(query);
  await box().press("Enter");
}

async function signIn(name: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name }).click();
  await page.getByRole("heading", { level: 1, name: `Welcome, ${name.split(" ")[0]}` }).waitFor();
}

describe("the search", () => {
  it("finds an article in spite of a typo, and says how it read it", async () => {
    await searchFor("how to get a refnd");
    await search().getByText("Read “refnd” as refund.").waitFor();
    await search().getByText("Answered by the built-in engine").waitFor();
    const best = results().getByRole("listitem").first();
    expect(await best.locator("mark").allInnerTexts()).toContain("refund");
    expect(await search().getByRole("status").innerText()).toMatch(
      /^(One result|\d results) for “how to get a refnd”$/,
    );
    expect(await hasFocus(box())).toBe(true);
    await best.getByRole("link", { name: "Cancelling and refunds" }).click();
    await page.getByRole("heading", { level: 1, name: "Simple prices" }).waitFor();
  });

  it("says what to try when it finds nothing, and goes away when it is told to", async () => {
    await searchFor("xyzzy");
    await search().getByText("Nothing for “xyzzy”").waitFor();
    await search().getByText("Try fewer words").waitFor();
    expect(await results().count()).toBe(0);
    await search().getByRole("button", { name: "Clear" }).click();
    expect(await search().getByText("xyzzy").count()).toBe(0);
    expect(await hasFocus(box())).toBe(true);
  });

  it("asks for words before it asks the gateway", async () => {
    let asked = 0;
    page.on("request", (request) => request.url().endsWith("/api/ai/search") && asked++);
    await search().getByRole("button", { name: "Search" }).click();
    expect(await hasFocus(box())).toBe(true);
    expect(asked).toBe(0);
  });

  it("reads filters out of the words when it is asked to, and shows them", async () => {
    await searchFor("templates by Priya about leads since April 2026");
    await results().waitFor();
    await search().getByRole("checkbox", { name: "Understand filters" }).check();
    await expect
      .poll(() => search().locator(".tag").allInnerTexts())
      .toEqual(["Words\nleads", "Type\ntemplate", "Owner\nPriya Nair", "From\n1 April 2026"]);
    expect(await results().getByRole("link").allInnerTexts()).toEqual(["New leads into HubSpot"]);

    await searchFor("refund");
    await search().getByText("no filter was read in the query").waitFor();
    await search().getByRole("checkbox", { name: "Understand filters" }).uncheck();
    await results().getByRole("link", { name: "Cancelling and refunds" }).waitFor();
    expect(await search().locator(".tag").count()).toBe(0);
  });

  it("shows drafts to those whose they are, and forgets them with the account", async () => {
    await search().getByRole("checkbox", { name: "Understand filters" }).check();
    await searchFor("my drafts");
    await search().getByText("Nothing for “my drafts”").waitFor();
    await signIn("Amara Okafor");
    await searchFor("my drafts");
    await results().getByRole("link", { name: "Client briefing into Notion" }).waitFor();
    expect(await search().locator(".tag").allInnerTexts()).toEqual(["Owner\nAmara Okafor", "Status\ndraft"]);

    await page.getByRole("button", { name: "Account of Amara Okafor" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { level: 1, name: "Welcome to Levqor" }).waitFor();
    expect(await results().count()).toBe(0);
  });
});

describe("the suggestions", () => {
  it("have a reason each, and open the builder with their sentence", async () => {
    await expect.poll(() => suggestions().getByRole("listitem").count()).toBe(3);
    for (const item of await suggestions().getByRole("listitem").all())
      expect(await item.locator("p").innerText()).toMatch(/\S/);
    await suggestions().getByRole("link", { name: "New leads into a sheet" }).click();
    await page.getByRole("heading", { level: 1, name: "New workflow" }).waitFor();
    expect(await page.getByLabel("What should happen?").inputValue()).toBe(
      "When a new lead fills a form, add a row to a Google Sheet.",
    );
    await page.getByRole("button", { name: "Build the workflow" }).click();
    await page.getByRole("list", { name: "Workflow steps" }).getByText("Google Sheets").waitFor();
  });

  it("are others for somebody who opened something before", async () => {
    await suggestions().getByRole("listitem").first().waitFor();
    await signIn("Jonas Weber");
    await suggestions().getByText("Payments into the bookkeeping sheet").first().waitFor();
    expect(
      await suggestions().getByRole("link", { name: "Payments into the bookkeeping sheet" }).count(),
    ).toBe(0);
  });
});

describe("without an answer", () => {
  const unavailable = "AI is unavailable, please try again";

  it("the search is friendly, and a retry works once the server is back", async () => {
    await suggestions().getByRole("listitem").first().waitFor();
    await levqor.stop();
    await searchFor("invite my team");
    await search().getByRole("alert").getByText(unavailable).waitFor();
    levqor = await startLevqor({ siteDirectory: site.directory, port: levqor.port });
    await search().getByRole("button", { name: "Retry" }).click();
    await results().getByRole("link", { name: "Invite your team" }).waitFor();
    expect(await search().getByRole("alert").count()).toBe(0);
    expect(await hasFocus(box())).toBe(true);
  });

  it("the suggestions are friendly too", async () => {
    await page.route("**/api/ai/recommendations", (route) => route.abort());
    await page.reload();
    await suggestions().getByRole("alert").getByText(unavailable).waitFor();
    await page.unroute("**/api/ai/recommendations");
    await suggestions().getByRole("button", { name: "Retry" }).click();
    await suggestions().getByRole("listitem").first().waitFor();
    expect(await hasFocus(suggestions().getByRole("heading", { name: "Suggested next" }))).toBe(true);
  });

  it("a search can be stopped and asked again, and goes on without its model", async () => {
    await levqor.stop();
    const provider = pacedProvider({ first: "", rest: "Here it is." });
    levqor = await startLevqor({ siteDirectory: site.directory, provider, port: levqor.port });
    await searchFor("invite my team");
    await search().getByText("Searching …").waitFor();
    await search().getByRole("button", { name: "Stop" }).click();
    await search().getByText("Stopped").waitFor();
    const retry = search().getByRole("button", { name: "Retry" });
    expect(await hasFocus(retry)).toBe(true);
    provider.release();
    await retry.click();
    await results().getByRole("link", { name: "Invite your team" }).waitFor();
    await search().getByText("Answered by the built-in engine").waitFor();
  });
});
