/** What kind of tool a service is. `built_in` ones need no account. */
export type ServiceCategory =
  | "accounting"
  | "ads"
  | "ai"
  | "analytics"
  | "built_in"
  | "calendar"
  | "chat"
  | "commerce"
  | "crm"
  | "databases"
  | "developer"
  | "documents"
  | "email"
  | "forms"
  | "marketing"
  | "monitoring"
  | "notes"
  | "payments"
  | "people"
  | "phone"
  | "signature"
  | "sms"
  | "social"
  | "spreadsheets"
  | "storage"
  | "support"
  | "tasks"
  | "video"
  | "website";

/** An app that a workflow can use. */
export interface Service {
  /** Lower case with underscores: `google_sheets`. */
  readonly id: string;
  /** As its maker writes it. */
  readonly name: string;
  readonly category: ServiceCategory;
  /** Other names that people write. Plurals, spaces and typos need no alias. */
  readonly aliases: readonly string[];
  /** Names that are everyday words too: in a sentence only "in Line" or "via Box" means the service. */
  readonly everydayNames: readonly string[];
  /** What lives in it, whether it tells of it or not: after an everyday name these words say that the app is meant. */
  readonly things: readonly string[];
  /** What happens in it that can start a workflow: `order`, `message`; empty when it has to be asked. */
  readonly starts: readonly string[];
  /** What an action can do there: `create`, `send`. */
  readonly does: readonly string[];
}
