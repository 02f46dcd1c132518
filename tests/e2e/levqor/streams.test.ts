import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildTestSite, type TestSite } from "./build-test-site.js";
import { openBrowser } from "./open-browser.js";
import { type PacedProvider, pacedProvider } from "./paced-provider.js";
import { type RunningLevqor, startLevqor } from "./start-levqor.js";

let site: TestSite;
let browser: Browser;
let provider: PacedProvider;
let levqor: RunningLevqor;
let page: Page;
let problems: string[];

beforeAll(async () => {
  [site, browser] = await Promise.all([buildTestSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  site?.remove();
});

afterEach(async () => {
  await page.close();
  // What nobody reads any more would go on, and keep the server from closing.
  provider.release();
  await levqor.stop();
});

async function open(path: string, written: { readonly first: string; readonly rest: string }) {
  provider = pacedProvider(written);
  levqor = await startLevqor({ siteDirectory: site.directory, provider });
  page = await browser.newPage({ baseURL: levqor.url });
  page.setDefaultTimeout(10_000);
  problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(path);
}

const answer = () => page.getByRole("article").last();
const stopButton = () => page.getByRole("button", { name: "Stop" });

describe("an answer whose connection breaks", () => {
  it("goes on by itself to its end", async () => {
    await open("/pricing", { first: "The Pro plan ", rest: "costs **£59** a month." });
    await page.getByLabel("Your question").fill("What does Pro cost?");
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await answer().getByText("The Pro plan").waitFor();
    levqor.dropConnections();
    provider.release();
    await answer().getByText("The Pro plan costs £59 a month.").waitFor();
    await stopButton().waitFor({ state: "hidden" });
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(provider).toMatchObject({ asked: 1, aborted: 0 });
  });
});

describe("a conversation that is reloaded", () => {
  beforeEach(async () => {
    await open("/pricing", { first: "The Pro plan ", rest: "costs **£59** a month." });
    await page.getByLabel("Your question").fill("What does Pro cost?");
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await answer().getByText("The Pro plan").waitFor();
  });

  it("in the middle of an answer goes on to its end, with one call of the model", async () => {
    await page.reload();
    await answer().getByText("The Pro plan").waitFor();
    await stopButton().waitFor();
    expect(await answer().innerText()).not.toContain("£59");
    provider.release();
    await answer().getByText("£59").waitFor();
    await stopButton().waitFor({ state: "hidden" });
    expect(await page.getByRole("article").allInnerTexts()).toEqual([
      expect.stringContaining("What does Pro cost?"),
      expect.stringContaining("The Pro plan costs £59 a month."),
    ]);
    await page.reload();
    await answer().getByText("£59").waitFor();
    expect(provider).toMatchObject({ asked: 1, aborted: 0 });
    expect(problems).toEqual([]);
  });

  it("can still be stopped, and stays as it was", async () => {
    await page.reload();
    await answer().getByText("The Pro plan").waitFor();
    await stopButton().click();
    await answer().getByText("Stopped").waitFor();
    await expect.poll(() => provider.aborted).toBe(1);
    await page.reload();
    await answer().getByText("Stopped").waitFor();
    expect(await answer().innerText()).toContain("The Pro plan");
    expect(provider.asked).toBe(1);
  });

  it("when the server has lost the answer: the question, an error and a retry", async () => {
    await levqor.stop();
    levqor = await startLevqor({ siteDirectory: site.directory, provider, port: levqor.port });
    await page.reload();
    await page.getByRole("alert").getByText("AI is unavailable, please try again").waitFor();
    expect(await page.getByRole("article").count()).toBe(1);
    provider.release();
    await page.getByRole("button", { name: "Retry" }).click();
    await answer().getByText("£59").waitFor();
  });

  it("is gone for the next who signs in, and after a new chat", async () => {
    provider.release();
    await answer().getByText("£59").waitFor();
    await page.goto("/trial");
    await page.getByRole("button", { name: "Open the demo account" }).click();
    await page.getByRole("heading", { level: 1, name: "Welcome, Amara" }).waitFor();
    expect(await page.getByRole("article").count()).toBe(0);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });
});

const workflow = {
  first: `{"workflow":{"steps":[{"type":"trigger","service":"forms","description":"A lead fills the form"},
    {"type":"action","service":"google_sheets","description":"Add a row to the sheet"},{"type":"act`,
  rest: `ion","service":"slack","description":"Tell the sales team"}]},"explanation":"Each lead becomes a message."}`,
};
const debug = {
  first: `{"summary":"Slack refuses the token.","probable_causes":["The token was revoked."],"steps_to_fix":["Connect`,
  rest: ` Slack again."],"prevention":["Rotate tokens in time."]}`,
};

describe("a workflow", () => {
  const result = () => page.getByRole("region", { name: "Your workflow" });
  const steps = () => result().getByRole("listitem");
  const topOf = async (text: string) => (await result().getByText(text, { exact: true }).boundingBox())?.y;

  beforeEach(async () => {
    await open("/workflows/new", workflow);
    await page.getByRole("button", { name: "Use the example" }).click();
    await page.getByRole("button", { name: "Build the workflow" }).click();
    await result().getByText("Add a row to the sheet").waitFor();
  });

  it("grows step by step, says that it is not finished, and nothing moves when it is", async () => {
    expect(await steps().count()).toBe(2);
    await result().getByText("More is coming").waitFor();
    expect(await result().locator("[aria-live=polite]").count()).toBe(1);
    const before = await topOf("A lead fills the form");
    provider.release();
    await result().getByText("Each lead becomes a message.").waitFor();
    expect(await steps().count()).toBe(3);
    expect(await result().getByText("More is coming").count()).toBe(0);
    expect(before).toBeDefined();
    expect(await topOf("A lead fills the form")).toBe(before);
    expect(problems).toEqual([]);
  });

  it("that is stopped keeps its steps, and the model's call ends", async () => {
    await stopButton().click();
    await result().getByText("Not finished").waitFor();
    expect(await steps().count()).toBe(2);
    await expect.poll(() => provider.aborted).toBe(1);
    provider.release();
    await result().getByRole("button", { name: "Retry" }).click();
    await result().getByText("Each lead becomes a message.").waitFor();
    expect(await result().getByText("Not finished").count()).toBe(0);
  });
});

describe("the explanation of an error", () => {
  it("appears part by part", async () => {
    await open("/debug", debug);
    const result = page.getByRole("region", { name: "What happened" });
    await page.getByRole("button", { name: "Use the example" }).click();
    await page.getByRole("button", { name: "Explain the error" }).click();
    await result.getByText("Slack refuses the token.").waitFor();
    await result.getByText("The token was revoked.").waitFor();
    await result.getByText("More is coming").waitFor();
    // No heading without a line below it.
    expect(await result.getByRole("heading", { level: 3 }).allInnerTexts()).toEqual(["Probable causes"]);
    provider.release();
    await result.getByText("Rotate tokens in time.").waitFor();
    expect(await result.getByText("More is coming").count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
