/** A workflow to begin with. */
export interface WorkflowTemplate {
  readonly id: string;
  readonly title: string;
  /** What the builder makes the workflow from. */
  readonly sentence: string;
  /** What it is good for. */
  readonly purpose: string;
  readonly owner: string;
  /** Day of its last change, `YYYY-MM-DD`. */
  readonly date: string;
}

/** The templates that everybody can use. */
export const workflowTemplates: readonly WorkflowTemplate[] = [
  {
    id: "template-lead-to-sheet",
    title: "New leads into a sheet",
    sentence: "When a new lead fills a form, add a row to a Google Sheet.",
    purpose: "No lead gets lost, and the whole team looks at the same list.",
    owner: "Priya Nair",
    date: "2026-02-03",
  },
  {
    id: "template-lead-to-crm",
    title: "New leads into HubSpot",
    sentence: "When a new lead fills a form, create a contact in HubSpot and send a message to Slack.",
    purpose: "Sales sees each lead within a minute and calls while the interest is fresh.",
    owner: "Priya Nair",
    date: "2026-04-21",
  },
  {
    id: "template-welcome-mail",
    title: "Welcome a new customer",
    sentence: "When a new customer is added in HubSpot, send a welcome email with Gmail.",
    purpose: "Everybody gets the same friendly first message with the first steps in it.",
    owner: "Priya Nair",
    date: "2026-05-12",
  },
  {
    id: "template-payment-to-sheet",
    title: "Payments into the bookkeeping sheet",
    sentence: "When a payment succeeds in Stripe, add a row to a Google Sheet.",
    purpose: "Bookkeeping begins the month with a complete list of what was paid.",
    owner: "Tomas Lind",
    date: "2026-03-17",
  },
  {
    id: "template-failed-payment",
    title: "Failed payments raise an alarm",
    sentence: "When a payment fails in Stripe, send a message to Slack and create a card in Trello.",
    purpose: "Somebody writes to the customer before the subscription ends.",
    owner: "Tomas Lind",
    date: "2026-08-25",
  },
  {
    id: "template-mail-attachments",
    title: "Mail attachments into a folder",
    sentence: "When an email with an attachment arrives in Gmail, save the file to Google Drive.",
    purpose: "Receipts and contracts are found again without a search through the inbox.",
    owner: "Tomas Lind",
    date: "2026-01-27",
  },
  {
    id: "template-bug-report",
    title: "Bug reports into GitHub",
    sentence: "When a bug report is sent through a form, create an issue in GitHub and reply with Gmail.",
    purpose: "The reporter knows that it arrived, and developers find it where they work.",
    owner: "Tomas Lind",
    date: "2026-06-30",
  },
  {
    id: "template-weekly-report",
    title: "Weekly report on Monday",
    sentence: "Every Monday at 9, read the numbers from a Google Sheet and send them to Slack.",
    purpose: "The team starts the week with the same figures.",
    owner: "Priya Nair",
    date: "2026-09-15",
  },
  {
    id: "template-meeting-notes",
    title: "A page for each meeting",
    sentence: "When a meeting is added to Google Calendar, create a page in Notion.",
    purpose: "Notes have a place with the date and the guests in it before the meeting begins.",
    owner: "Priya Nair",
    date: "2026-07-14",
  },
  {
    id: "template-feedback",
    title: "Customer feedback into Airtable",
    sentence:
      "When a feedback form is answered, add a record to Airtable and tell Slack if the rating is bad.",
    purpose: "Praise and complaints are in one list, and a bad rating gets an answer on the same day.",
    owner: "Tomas Lind",
    date: "2026-10-06",
  },
];
