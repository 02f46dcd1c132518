// Words that mean the same kind or the same state. A word stands for the value that a product's documents use.

/** Kinds of documents; singular. */
export const typeSynonyms: readonly (readonly string[])[] = [
  ["invoice", "bill"],
  ["receipt", "proof of payment"],
  ["quote", "quotation", "estimate", "offer"],
  ["contract", "agreement"],
  ["order", "purchase"],
  ["ticket", "issue", "case", "support request"],
  ["task", "todo", "to do"],
  ["document", "doc", "file"],
  ["article", "help article", "help page", "guide", "howto", "how to"],
  ["post", "blog post", "blog"],
  ["presentation", "deck", "slide", "slideshow"],
  ["spreadsheet", "sheet", "workbook"],
  ["image", "picture", "photo", "screenshot"],
  ["email", "e mail", "mail"],
  ["message", "chat"],
  ["meeting", "appointment", "event"],
  ["customer", "client", "account"],
  ["contact", "person"],
  ["workflow", "automation"],
  ["policy", "rule"],
  ["report", "analysis"],
  ["note", "memo"],
];

/** States; the words of a group exclude each other from being a filter when a product uses several of them. */
export const statusSynonyms: readonly (readonly string[])[] = [
  ["open", "unresolved", "unsolved"],
  ["closed", "resolved", "solved"],
  ["done", "completed", "complete", "finished"],
  ["in progress", "ongoing", "underway", "started", "wip"],
  ["todo", "to do", "not started"],
  ["pending", "waiting"],
  ["overdue", "past due", "late"],
  ["unpaid", "outstanding"],
  ["paid", "settled"],
  ["draft", "unfinished"],
  ["published", "live"],
  ["archived", "archive"],
  ["cancelled", "canceled"],
  ["approved", "accepted"],
  ["rejected", "declined", "denied"],
  ["active", "enabled"],
  ["inactive", "disabled"],
  ["signed", "executed"],
];
