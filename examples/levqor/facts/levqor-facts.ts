/** One subscription tier. Prices are whole pounds, tax excluded. */
export interface Tier {
  readonly id: string;
  readonly name: string;
  readonly tagline: string;
  /** Price of one month, billed monthly. */
  readonly monthlyPounds: number;
  /** Price of one year, billed yearly. */
  readonly yearlyPounds: number;
  /** Longest wait for a first support answer. */
  readonly supportHours: number;
  readonly workflows: number | "unlimited";
  readonly runsPerMonth: number;
  readonly teamMembers: number;
  /** Shown as the recommended one. */
  readonly recommended?: boolean;
}

/** A one-off service: our team builds workflows for the customer. */
export interface DoneForYouPackage {
  readonly id: string;
  readonly name: string;
  readonly pricePounds: number;
  readonly description: string;
}

/** A text that customers rely on; its hash is locked in `locked-facts.json`. */
export interface Policy {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Everything the business promises. Pages and the chat's knowledge render from it; nothing repeats it. */
export interface LevqorFacts {
  /** First day on which they hold, `YYYY-MM-DD`. */
  readonly since: string;
  readonly tiers: readonly Tier[];
  readonly doneForYou: readonly DoneForYouPackage[];
  readonly trial: {
    readonly days: number;
    readonly headline: string;
    readonly card: string;
    readonly cancel: string;
  };
  readonly policies: { readonly trial: Policy; readonly support: Policy; readonly billing: Policy };
}

const trialDays = 7;

const trial = {
  days: trialDays,
  headline: `${trialDays}-day free trial on ALL tiers`,
  card: "Card required",
  cancel: `Cancel before Day ${trialDays} to avoid charges`,
};

/** The facts, as of today. After a wanted change run `npm run lock-facts`, and have the diff reviewed. */
export const levqorFacts: LevqorFacts = {
  since: "2026-01-05",
  tiers: [
    {
      id: "starter",
      name: "Starter",
      tagline: "For your first automations",
      monthlyPounds: 9,
      yearlyPounds: 90,
      supportHours: 48,
      workflows: 5,
      runsPerMonth: 1_000,
      teamMembers: 1,
    },
    {
      id: "growth",
      name: "Growth",
      tagline: "For a small team that runs on tools",
      monthlyPounds: 29,
      yearlyPounds: 290,
      supportHours: 24,
      workflows: 25,
      runsPerMonth: 10_000,
      teamMembers: 3,
      recommended: true,
    },
    {
      id: "pro",
      name: "Pro",
      tagline: "For processes you depend on",
      monthlyPounds: 59,
      yearlyPounds: 590,
      supportHours: 12,
      workflows: 100,
      runsPerMonth: 50_000,
      teamMembers: 10,
    },
    {
      id: "business",
      name: "Business",
      tagline: "For the whole company",
      monthlyPounds: 149,
      yearlyPounds: 1_490,
      supportHours: 4,
      workflows: "unlimited",
      runsPerMonth: 250_000,
      teamMembers: 50,
    },
  ],
  doneForYou: [
    {
      id: "one",
      name: "One workflow",
      pricePounds: 149,
      description: "We plan, build and test one workflow with the tools you already use.",
    },
    {
      id: "three",
      name: "Three workflows",
      pricePounds: 299,
      description: "Three workflows that work together, with a recorded walk-through for your team.",
    },
    {
      id: "department",
      name: "A whole department",
      pricePounds: 499,
      description: "Up to seven workflows, a training session, and thirty days of adjustments.",
    },
  ],
  trial,
  policies: {
    trial: {
      title: "How the trial works",
      paragraphs: [
        `${trial.headline}. Every feature of the tier you choose is switched on from the first minute.`,
        `${trial.card}: we ask for it at sign-up, and nothing is taken while the trial runs.`,
        `${trial.cancel}. One click under Settings → Billing is enough; no call, no form.`,
        `If you stay, the price of your tier is charged on Day ${trialDays} and your workflows keep running.`,
      ],
    },
    support: {
      title: "Support response times",
      paragraphs: [
        "Every tier has a guaranteed time to a first answer from a person. It runs around the clock, weekends included.",
        "The time counts from the moment your message reaches us to our first reply.",
      ],
    },
    billing: {
      title: "Billing",
      paragraphs: [
        "Pay monthly or yearly. A year costs ten months, so two are free.",
        "You can change or cancel your tier at any time; a change takes effect with the next bill.",
      ],
    },
  },
};
