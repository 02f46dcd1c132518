import { createHash } from "node:crypto";
import { chromium } from "playwright-core";
import { browserFlags } from "./browser-flags.mjs";

/**
 * @typedef {object} RenderedPage
 * @property {string} page address of the page
 * @property {string} text everything that can be seen
 * @property {Record<string, string>} facts visible text of each marked fact
 * @property {Record<string, string>} policies SHA-256 of each policy's visible text
 */

/**
 * Opens each page in a real browser and reads what a visitor sees. Pages with a choice of the billing period are
 * read once more with "yearly" chosen.
 * @param {{ url: string, pages: readonly string[], executablePath: string }} options
 * @returns {Promise<RenderedPage[]>}
 */
export async function readRenderedFacts({ url, pages, executablePath }) {
  const browser = await chromium.launch({ executablePath, args: browserFlags });
  try {
    const tab = await browser.newPage();
    const rendered = [];
    for (const page of pages) {
      await tab.goto(new URL(page, url).href);
      await tab.locator("h1").waitFor();
      rendered.push({ page, ...(await readPage(tab)) });
      const yearly = tab.getByRole("radio", { name: /yearly/i });
      if ((await yearly.count()) === 0) continue;
      await yearly.check();
      rendered.push({ page, ...(await readPage(tab)) });
    }
    return rendered;
  } finally {
    await browser.close();
  }
}

/** @param {import("playwright-core").Page} tab */
async function readPage(tab) {
  return {
    text: await tab.locator("body").innerText(),
    facts: await readMarked(tab, "data-fact"),
    policies: hashEach(await readMarked(tab, "data-policy")),
  };
}

/**
 * @param {import("playwright-core").Page} tab
 * @param {string} attribute
 * @returns {Promise<Record<string, string>>}
 */
async function readMarked(tab, attribute) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const element of await tab.locator(`[${attribute}]:visible`).all()) {
    found[String(await element.getAttribute(attribute))] = (await element.innerText()).trim();
  }
  return found;
}

/** @param {Record<string, string>} texts @returns {Record<string, string>} */
const hashEach = (texts) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sha256(text)]));

/** Lines are hashed without their layout: blank lines between paragraphs are a matter of style. @param {string} text */
const sha256 = (text) =>
  createHash("sha256")
    .update(text.replace(/\s*\n\s*/g, "\n"))
    .digest("hex");
