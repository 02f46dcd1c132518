/** What an onboarding context can say is done. Products may declare more flags of their own. */
export type OnboardingFlag = "has_connected_tool" | "has_run_workflow" | (string & {});

/** One thing to do. */
export interface ChecklistItem {
  readonly text: string;
  /** The context flag that means it is done; without one it is always asked, and nothing waits for it. */
  readonly doneWhen?: OnboardingFlag | undefined;
}

/** A stage of getting started. It is done when every item that has a `doneWhen` is done. */
export interface OnboardingStage<StageName extends string = string> {
  /** As a heading: "Connect your first tool". */
  readonly title: string;
  /** In the order to do them; 1 to 20. */
  readonly checklist: readonly ChecklistItem[];
  /** At least one. */
  readonly tips: readonly string[];
  /**
   * Names of the stages to do before this one. What is open there, and in what they require, is asked first.
   * @default none
   */
  readonly requires?: readonly StageName[] | undefined;
}

/** Stages by name, in the order a user goes through them. */
export type OnboardingStages<StageName extends string = string> = Readonly<
  Record<StageName, OnboardingStage<StageName>>
>;
