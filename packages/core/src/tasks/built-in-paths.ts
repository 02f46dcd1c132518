/** Endpoints of the built-in tasks that are not found under their own name; a server and its clients share them. */
export const builtInPaths = {
  semantic_search: "search",
  intelligent_search: "search/intelligent",
  get_recommendations: "recommendations",
} as const;
