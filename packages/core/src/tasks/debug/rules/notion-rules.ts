import type { DebugRule } from "../debug-rule.js";

const services = ["notion"];

const hidden = {
  finding: "Notion does not show this page to the integration",
  causes: [
    "The page or database was not shared with the integration",
    "The id is that of a view or a linked database, not of the database itself",
  ],
  fixes: [
    "Open the page in Notion, choose “Connections” in its menu and add the integration",
    "Copy the 32-digit id before “?v=”",
  ],
  prevention: ["Share a parent page, so that pages below it are covered"],
};

const invalid = {
  finding: "Notion refuses the properties",
  causes: [
    "A property's name or type differs from the database's schema",
    "A text is over 2,000 characters, or a list over 100 entries",
  ],
  fixes: [
    "Read the database's schema first and send each property in its type",
    "Split long texts into blocks",
  ],
  prevention: ["Do not rename properties that workflows fill"],
};

const limited = {
  finding: "Notion's limit of about three requests a second is reached",
  causes: [
    "Pages or blocks are written one by one without a pause",
    "Several workflows use the same integration",
  ],
  fixes: ["Wait for the seconds in Retry-After, then go on", "Append up to 100 blocks in one call"],
  prevention: ["Queue the calls of an integration"],
};

/** Notion's error codes. */
export const notionRules: readonly DebugRule[] = [
  { id: "notion-access", services, status: [404], ...hidden },
  {
    id: "notion-object",
    services,
    phrases: ["object not found", "could not find page", "could not find database", "could not find block"],
    ...hidden,
  },
  { id: "notion-validation", services, status: [400], ...invalid },
  { id: "notion-body", services, phrases: ["validation error", "body failed validation"], ...invalid },
  {
    id: "notion-property",
    services,
    phrases: ["is not a property that exists", "is expected to be", "property does not exist"],
    finding: "a property is not in the database, or has another type",
    causes: ["The property was renamed or removed, or its type was changed; upper and lower case count"],
    fixes: ["Read the database and compare names and types with what {endpoint} was sent"],
    prevention: ["Refer to properties by id: it stays when the name changes"],
  },
  {
    id: "notion-length",
    services,
    phrases: ["length should be", "should be 2000", "content length"],
    finding: "a text or list is too long for Notion",
    causes: ["A rich text holds 2,000 characters, and a list 100 entries"],
    fixes: ["Split the text into several rich texts or blocks, and send at most 100 at once"],
    prevention: ["Cut or split texts before the step"],
  },
  {
    id: "notion-data-sources",
    services,
    phrases: ["multiple data sources"],
    finding: "the database has several data sources, and the call is of an older API version",
    causes: [
      "Somebody added a data source to the database: versions before 2025-09-03 can't address one of them",
    ],
    fixes: ["Send Notion-Version 2025-09-03 or later and the data_source_id instead of the database's id"],
    prevention: ["Move to the new version before users add data sources"],
  },
  {
    id: "notion-auth",
    services,
    status: [401],
    finding: "Notion does not accept the integration's token",
    causes: ["The secret was regenerated, or the integration removed from the workspace"],
    fixes: ["Copy the integration's secret again and put it into the connection"],
    prevention: ["Keep the integration owned by the workspace, not by a person"],
  },
  {
    id: "notion-version",
    services,
    phrases: ["missing version", "notion version"],
    finding: "the Notion-Version header is missing or unknown",
    causes: ["The request to {endpoint} has no Notion-Version header, or one with a date that is no version"],
    fixes: ["Send the header with a version from the change log, for example “Notion-Version: 2022-06-28”"],
    prevention: ["Set the header in the client once"],
  },
  {
    id: "notion-capability",
    services,
    phrases: ["restricted resource", "insufficient permissions"],
    finding: "the integration lacks a capability",
    causes: ["The integration may read but not insert or update content, or not read users"],
    fixes: ["Tick the capability in the integration's settings, then repeat the call to {endpoint}"],
    prevention: ["Choose the capabilities by what the workflows write"],
  },
  {
    id: "notion-conflict",
    services,
    phrases: ["conflict error", "conflict occurred while saving"],
    finding: "two changes met in Notion",
    causes: ["Another call or person changed the same page at the same moment"],
    fixes: ["Read the page again and repeat the call to {endpoint} once"],
    prevention: ["Write to a page from one place, one call after the other"],
  },
  { id: "notion-rate", services, status: [429], ...limited },
  { id: "notion-rate-limited", services, phrases: ["rate limited"], ...limited },
];
