/** The tools that the builder and the debug form offer, by their ids in the gateway's service catalogue. */
export const connectableTools = [
  "gmail",
  "slack",
  "google_sheets",
  "forms",
  "hubspot",
  "notion",
  "stripe",
  "airtable",
  "github",
  "trello",
] as const;
