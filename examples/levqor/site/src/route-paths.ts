/** The site's pages. The server knows them too: other addresses get the same page, with status 404. */
export const routePaths = {
  home: "/",
  pricing: "/pricing",
  trial: "/trial",
  dashboard: "/dashboard",
  newWorkflow: "/workflows/new",
  debug: "/debug",
} as const;
