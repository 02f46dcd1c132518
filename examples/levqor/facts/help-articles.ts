/** An article of the help centre. No prices or promises here: those are in `levqor-facts.ts`. */
export interface HelpArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The page of the site that it belongs to. */
  readonly url: string;
  /** Pages of the site on which it is likely to be meant. */
  readonly pages?: readonly string[];
  /** Who keeps it up to date. */
  readonly owner: string;
  /** Day of its last change, `YYYY-MM-DD`. */
  readonly date: string;
}

/** The help centre, part of what the chat knows. */
export const helpArticles: readonly HelpArticle[] = [
  {
    id: "what-is-a-workflow",
    title: "What a workflow is",
    url: "/workflows/new",
    pages: ["dashboard", "workflows"],
    owner: "Priya Nair",
    date: "2026-01-20",
    text: "A workflow does a routine job for you. It has one trigger that starts it, such as a new form answer or every Monday at 9, and one or more actions that follow, such as adding a row to a sheet. Conditions in between let a run continue only when something is true.",
  },
  {
    id: "create-a-workflow",
    title: "Create a workflow",
    url: "/workflows/new",
    pages: ["dashboard", "workflows"],
    owner: "Priya Nair",
    date: "2026-08-11",
    text: "Open Workflows → New, describe the job in a sentence, and tick the tools you use. Levqor turns the sentence into steps: a trigger first, then conditions and actions. Check each step, then switch the workflow on.",
  },
  {
    id: "connect-a-tool",
    title: "Connect a tool",
    url: "/dashboard",
    pages: ["dashboard", "workflows"],
    owner: "Priya Nair",
    date: "2026-06-02",
    text: "Go to Settings → Tools and choose the tool, for example Gmail, Slack or Google Sheets. You sign in at the tool and approve what Levqor may do. Levqor keeps a token, never your password, and you can disconnect a tool at any time.",
  },
  {
    id: "test-a-workflow",
    title: "Test a workflow before you switch it on",
    url: "/dashboard",
    pages: ["dashboard", "workflows"],
    owner: "Priya Nair",
    date: "2026-04-15",
    text: "Every workflow has a Test button. A test runs with your latest real data and shows what each step received and returned. Nothing is sent until you confirm the step.",
  },
  {
    id: "run-history",
    title: "Run history and retries",
    url: "/dashboard",
    pages: ["dashboard", "debug"],
    owner: "Tomas Lind",
    date: "2026-05-19",
    text: "The run history keeps every run for 30 days with the input and output of each step. A failed step is retried three times with growing pauses. You can run a failed one again from the step that failed.",
  },
  {
    id: "fix-an-error",
    title: "Fix an integration error",
    url: "/debug",
    pages: ["dashboard", "debug"],
    owner: "Tomas Lind",
    date: "2026-09-07",
    text: "Copy the error message from the run history into the debug assistant. It explains the probable causes, how to fix it step by step, and how to prevent it. A 401 usually means that the connection to the tool expired: reconnect it under Settings → Tools.",
  },
  {
    id: "invite-your-team",
    title: "Invite your team",
    url: "/dashboard",
    pages: ["dashboard"],
    owner: "Priya Nair",
    date: "2026-03-10",
    text: "Go to Settings → Team, enter an e-mail address and choose a role. Owners manage billing, editors build workflows, viewers see run history. Invitations are valid for 14 days.",
  },
  {
    id: "delete-your-account",
    title: "Delete your account",
    url: "/dashboard",
    pages: ["dashboard"],
    owner: "Tomas Lind",
    date: "2026-02-16",
    text: "To delete or close your account, write to us under Settings → Support. To keep the account and end the subscription, cancel it under Settings → Billing.",
  },
  {
    id: "data-and-privacy",
    title: "How Levqor handles your data",
    url: "/",
    owner: "Tomas Lind",
    date: "2026-07-06",
    text: "Data is encrypted in transit and at rest. Personal data such as e-mail addresses, phone numbers and card numbers is masked before any AI model sees it, and put back in the answer. Your data is never used to train models.",
  },
];
