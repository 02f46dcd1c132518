import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { routePaths } from "../../../examples/levqor/site/src/route-paths.js";
import { buildTestSite, type TestSite } from "./build-test-site.js";
import { openBrowser } from "./open-browser.js";
import { type RunningLevqor, startLevqor } from "./start-levqor.js";

declare global {
  /** What axe-core's source puts on the page. */
  interface Window {
    readonly axe: typeof axe;
  }
}

let site: TestSite;
let levqor: RunningLevqor;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([buildTestSite(), openBrowser()]);
  levqor = await startLevqor({ siteDirectory: site.directory });
});

afterAll(async () => {
  await browser?.close();
  await levqor?.stop();
  site?.remove();
});

const pages = [...Object.values(routePaths), "/no/such/page"];
const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [390, 1280].map((width) => ({ colorScheme, width })),
);

describe.each(looks)("in $colorScheme at $width pixels", ({ colorScheme, width }) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await browser.newContext({
      baseURL: levqor.url,
      colorScheme,
      viewport: { width, height: 900 },
    });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
  });
  // Each page begins with an empty conversation.
  afterEach(() => page.evaluate(() => sessionStorage.clear()));
  afterAll(() => context.close());

  it.each(pages)("%s is accessible and as wide as the screen", async (path) => {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await useAssistants(page);
    expect(await seriousIssues(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

/** Fills the page's assistants with answers, which have to be accessible too. */
async function useAssistants(page: Page): Promise<void> {
  const example = page.getByRole("button", { name: "Use the example" });
  if ((await example.count()) > 0) {
    await example.click();
    await page.getByRole("button", { name: /Build the workflow|Explain the error/ }).click();
    await page.getByText("Answered by the built-in engine").waitFor();
  }
  const question = page.getByLabel("Your question");
  if ((await question.count()) > 0) {
    await question.fill("How much is Pro?");
    await question.press("Enter");
    await page.getByRole("log").getByText("Answered by the built-in engine").waitFor();
  }
  const search = page.getByRole("search");
  if ((await search.count()) > 0) {
    await search.getByLabel("Search help, plans and templates").fill("published templates by Priya");
    await search.getByRole("checkbox", { name: "Understand filters" }).check();
    await search.getByRole("button", { name: "Search" }).click();
    await search.getByText("Answered by the built-in engine").waitFor();
  }
  const signIn = page.getByRole("button", { name: "Sign in" });
  await signIn.click();
}

async function seriousIssues(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations }: AxeResults = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
    );
}

describe("by keyboard only", () => {
  it("the help panel is reached, asked, read and left", async () => {
    const page = await browser.newPage({ baseURL: levqor.url });
    page.setDefaultTimeout(10_000);
    await page.goto("/dashboard");
    await page.locator(".checklist").waitFor();

    const focused = () =>
      page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id);
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to content");
    await page.keyboard.press("Enter");

    await tabTo(page, "How do I test a workflow?");
    await page.keyboard.press("Enter");
    const answer = page.getByRole("article").last();
    await answer.getByText("Answered by the built-in engine").waitFor();

    const question = page.getByLabel("Your question");
    expect(await question.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type("How do I invite my team?");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("Two people.");
    expect(await question.inputValue()).toBe("How do I invite my team?\nTwo people.");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("article").count()).toBe(4);

    // Back over the sources, which are links, and the conversation, which can be scrolled.
    const passed = await tabTo(page, "New chat", "Shift+Tab");
    expect(passed).toContain("Conversation");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("article").count()).toBe(0);
    expect(await question.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.close();
  });

  it("the account menu opens, closes with Escape and signs in", async () => {
    const page = await browser.newPage({ baseURL: levqor.url });
    page.setDefaultTimeout(10_000);
    const focusOn = (name: string) =>
      page.getByRole("button", { name }).and(page.locator(":focus")).waitFor();
    await page.goto("/");
    await page.getByRole("button", { name: "Sign in", disabled: false }).focus(); // the session is read first
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Amara Okafor" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Amara Okafor" }).waitFor({ state: "hidden" });
    await focusOn("Sign in");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Amara Okafor" }).waitFor();
    await page.keyboard.press("Tab");
    await focusOn("Amara Okafor");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Account of Amara Okafor" }).waitFor();
    await page.close();
  });
});

/** Presses a key until the element called `name` has the focus; returns the names it went through. */
async function tabTo(page: Page, name: string, key = "Tab"): Promise<string[]> {
  const passed: string[] = [];
  while (passed.length < 40) {
    await page.keyboard.press(key);
    const focused = await page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent?.trim(),
    );
    if (focused === name) return passed;
    passed.push(focused ?? "");
  }
  throw new Error(`${key} never reached "${name}", but ${passed.join(", ")}.`);
}
