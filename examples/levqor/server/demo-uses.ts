/** Somebody of the demo opened something, at noon of a day of 2026. */
type Opened = readonly [userId: string, itemId: string, monthAndDay: string];

/** By company; "" are visitors without an account. The people are made up: a product reads its own records here. */
const openedIn: Readonly<Record<string, readonly Opened[]>> = {
  northwind: [
    ["amara", "create-a-workflow", "10-05"],
    ["amara", "template-lead-to-sheet", "10-12"],
    ["northwind-designer", "template-lead-to-sheet", "10-06"],
    ["northwind-designer", "invite-your-team", "10-07"],
    ["northwind-designer", "test-a-workflow", "10-19"],
    ["northwind-designer", "template-feedback", "11-03"],
    ["northwind-producer", "template-lead-to-sheet", "10-08"],
    ["northwind-producer", "invite-your-team", "10-14"],
    ["northwind-producer", "template-lead-to-crm", "10-15"],
    ["northwind-producer", "test-a-workflow", "11-09"],
    ["northwind-bookkeeper", "template-lead-to-sheet", "10-09"],
    ["northwind-bookkeeper", "template-lead-to-crm", "10-21"],
    ["northwind-bookkeeper", "invite-your-team", "10-22"],
  ],
  bluebird: [
    ["jonas", "template-payment-to-sheet", "10-02"],
    ["bluebird-roaster", "template-payment-to-sheet", "10-05"],
    ["bluebird-roaster", "template-weekly-report", "10-12"],
    ["bluebird-barista", "template-payment-to-sheet", "10-06"],
    ["bluebird-barista", "template-weekly-report", "10-26"],
    ["bluebird-barista", "template-feedback", "11-04"],
    ["bluebird-buyer", "template-payment-to-sheet", "11-05"],
    ["bluebird-buyer", "template-feedback", "11-06"],
  ],
  "": [
    ["visitor-1", "template-lead-to-sheet", "10-20"],
    ["visitor-1", "create-a-workflow", "10-20"],
    ["visitor-2", "template-lead-to-sheet", "10-27"],
    ["visitor-2", "template-weekly-report", "10-27"],
    ["visitor-3", "create-a-workflow", "11-02"],
    ["visitor-3", "template-weekly-report", "11-02"],
    ["visitor-4", "template-lead-to-sheet", "11-10"],
  ],
};

/** What the people of the demo opened, for recommendations. */
export const demoUses = Object.entries(openedIn).flatMap(([company, opened]) =>
  opened.map(([userId, itemId, monthAndDay]) => ({
    userId,
    itemId,
    at: `2026-${monthAndDay}T12:00:00Z`,
    ...(company === "" ? {} : { tenantId: company }),
  })),
);
