/** End of a host name → id of the service behind it, where the name itself does not say it. */
export const serviceHosts: Readonly<Record<string, string>> = {
  "gmail.googleapis.com": "gmail",
  "sheets.googleapis.com": "google_sheets",
  "docs.googleapis.com": "google_docs",
  "googleapis.com": "google",
  "accounts.google.com": "google",
  "graph.microsoft.com": "microsoft",
  "login.microsoftonline.com": "microsoft",
  "hubapi.com": "hubspot",
  "myshopify.com": "shopify",
  "force.com": "salesforce",
  "atlassian.net": "jira",
  "graph.facebook.com": "facebook",
  "smtp.gmail.com": "gmail",
  "smtp.office365.com": "microsoft_outlook",
};
