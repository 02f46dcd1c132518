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

beforeAll(async () => {
  [site, browser] = await Promise.all([buildTestSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  site?.remove();
});

beforeEach(async () => {
  provider = pacedProvider({ first: "The Pro plan ", rest: "costs **£59** a month." });
  levqor = await startLevqor({ siteDirectory: site.directory, provider });
  page = await browser.newPage({ baseURL: levqor.url });
  page.setDefaultTimeout(10_000);
  await page.goto("/pricing");
});

afterEach(async () => {
  await page.close();
  await levqor.stop();
});

async function ask(question: string): Promise<void> {
  await page.getByLabel("Your question").fill(question);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
}

const answer = () => page.getByRole("article").last();
const unavailable = () => page.getByRole("alert").getByText("AI is unavailable, please try again");

describe("an answer", () => {
  it("appears as it is written", async () => {
    await ask("What does Pro cost?");
    await answer().getByText("The Pro plan").waitFor();
    expect(await answer().innerText()).not.toContain("£59");
    await page.getByRole("button", { name: "Stop" }).waitFor();
    provider.release();
    await answer().getByText("£59").waitFor();
    await page.getByRole("button", { name: "Stop" }).waitFor({ state: "hidden" });
    expect(await page.getByText("Answered by the built-in engine").count()).toBe(0);
  });

  it("can be stopped: the model's call ends, what was said stays", async () => {
    await ask("What does Pro cost?");
    await answer().getByText("The Pro plan").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await answer().getByText("Stopped").waitFor();
    expect(await answer().innerText()).toContain("The Pro plan");
    await expect.poll(() => provider.aborted).toBe(1);
    expect(
      await page.getByLabel("Your question").evaluate((element) => element === document.activeElement),
    ).toBe(true);
    expect(await unavailable().count()).toBe(0);
  });
});

describe("stopped before anything was written", () => {
  beforeEach(async () => {
    await levqor.stop();
    provider = pacedProvider({ first: "", rest: "Here it is." });
    levqor = await startLevqor({ siteDirectory: site.directory, provider, port: levqor.port });
  });

  it("a question says so and can be asked again", async () => {
    await ask("What does Pro cost?");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped").waitFor();
    expect(
      await page.getByLabel("Your question").evaluate((element) => element === document.activeElement),
    ).toBe(true);
    provider.release();
    await page.getByRole("button", { name: "Retry" }).click();
    await answer().getByText("Here it is.").waitFor();
    expect(await page.getByText("Stopped").count()).toBe(0);
  });

  it.each([
    ["/workflows/new", "Build the workflow", "Your workflow"],
    ["/debug", "Explain the error", "What happened"],
    ["/dashboard", undefined, "Getting started"],
  ])("%s says so, offers to go on and keeps the focus", async (path, submit, result) => {
    await page.goto(path);
    const region = page.getByRole("region", { name: result });
    if (submit !== undefined) {
      await page.getByRole("button", { name: "Use the example" }).click();
      await page.getByRole("button", { name: submit }).click();
    }
    await region.getByRole("button", { name: "Stop" }).click();
    await region.getByText("Stopped").waitFor();
    const retry = region.getByRole("button", { name: "Retry" });
    expect(await retry.evaluate((element) => element === document.activeElement)).toBe(true);
    provider.release();
    await retry.click();
    await region.getByText("Answered by the built-in engine").waitFor();
    expect(await region.getByText("Stopped").count()).toBe(0);
  });
});

describe("a server that goes away", () => {
  it("in the middle of an answer: a friendly message, and a retry that works once it is back", async () => {
    await ask("What does Pro cost?");
    await answer().getByText("The Pro plan").waitFor();
    await levqor.stop();
    await unavailable().waitFor();
    await answer().getByText("The answer broke off").waitFor();

    await page.getByRole("button", { name: "Retry" }).click();
    await unavailable().waitFor();

    provider.release();
    levqor = await startLevqor({ siteDirectory: site.directory, provider, port: levqor.port });
    await page.getByRole("button", { name: "Retry" }).click();
    await answer().getByText("£59").waitFor();
    expect(await unavailable().count()).toBe(0);
    expect(await page.getByRole("article").count()).toBe(2);
  });

  it.each([
    ["/workflows/new", "Build the workflow", "Your workflow"],
    ["/debug", "Explain the error", "What happened"],
  ])("before %s is answered", async (path, submit, result) => {
    await page.goto(path);
    await page.getByRole("button", { name: "Use the example" }).click();
    await levqor.stop();
    await page.getByRole("button", { name: submit }).click();
    await unavailable().waitFor();
    levqor = await startLevqor({ siteDirectory: site.directory, port: levqor.port });
    await page.getByRole("region", { name: result }).getByRole("button", { name: "Retry" }).click();
    await page.getByText("Answered by the built-in engine").waitFor();
  });
});
