import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, inject, it } from "vitest";
import { buildTestSite, type TestSite } from "./build-test-site.js";
import { type RunningLevqor, startLevqor } from "./start-levqor.js";

const monitor = fileURLToPath(new URL("../../../examples/levqor/scripts/drift-monitor.mjs", import.meta.url));

let site: TestSite | undefined;
let levqor: RunningLevqor | undefined;

afterEach(async () => {
  await levqor?.stop();
  site?.remove();
});

/** Runs the monitor against a build in which the facts were changed on the way. */
async function monitorSite(change: (facts: string) => string) {
  site = await buildTestSite([
    {
      name: "change-facts",
      enforce: "pre",
      transform: (code, id) => (id.endsWith("/facts/levqor-facts.ts") ? change(code) : undefined),
    },
  ]);
  levqor = await startLevqor({ siteDirectory: site.directory });
  const url = levqor.url;
  return new Promise<{ exitCode: number; output: string }>((resolve) => {
    const env = { ...process.env, TEST_CHROMIUM: inject("chromiumPath") };
    execFile(process.execPath, [monitor, "--url", url], { env }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
    });
  });
}

describe("the drift monitor", () => {
  it("passes the site as it is", async () => {
    expect(await monitorSite((facts) => facts)).toEqual({
      exitCode: 0,
      output: "DRIFT STATUS: PASS — No violations detected.\n",
    });
  });

  it("finds each fact that has changed", async () => {
    const changes = [
      [
        "monthlyPounds: 29",
        "monthlyPounds: 39",
        '/pricing: tier.growth.monthly reads "£39", locked is "£29"',
      ],
      [
        "yearlyPounds: 1_490",
        "yearlyPounds: 1_500",
        '/pricing: tier.business.yearly reads "£1,500", locked is "£1,490"',
      ],
      [
        "pricePounds: 299",
        "pricePounds: 249",
        '/pricing: done_for_you.three.price reads "£249", locked is "£299"',
      ],
      ["trialDays = 7", "trialDays = 14", '/trial: trial.headline reads "14-day free trial on ALL tiers"'],
      ["supportHours: 4,", "supportHours: 6,", '/pricing: sla.business reads "6h", locked is "4h"'],
      ["weekends included", "weekends excluded", '/pricing: the text of policy "support" has changed'],
    ] as const;
    const { exitCode, output } = await monitorSite((facts) =>
      changes.reduce((text, [from, to]) => text.replace(from, to), facts),
    );
    for (const [, , violation] of changes) expect(output).toContain(`- ${violation}`);
    expect(output).toContain("- /: shows £39, which is no locked price");
    expect(output).toMatch(/^DRIFT STATUS: FAIL — \d+ violations detected\.$/m);
    expect(exitCode).toBe(1);
  });
});
