/** What an onboarding context can say is done. Products may declare more flags of their own. */
export type OnboardingFlag = "has_connected_tool" | "has_run_workflow" | (string & {});

/** One thing to do. */
export interface ChecklistItem {
  readonly text: string;
  /** The context flag that means it is done; without one it is always asked. */
  readonly doneWhen?: OnboardingFlag | undefined;
}

/** A stage of getting started. */
export interface OnboardingStage {
  /** As a heading: "Connect your first tool". */
  readonly title: string;
  /** In the order to do them; at least one. */
  readonly checklist: readonly ChecklistItem[];
  /** At least one. */
  readonly tips: readonly string[];
}

/** Stages by name, in the order a user goes through them. */
export type OnboardingStages = Readonly<Record<string, OnboardingStage>>;
