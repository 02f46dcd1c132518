import { formatCount, formatHours, formatPounds } from "./format-facts.js";
import { type HelpArticle, helpArticles } from "./help-articles.js";
import type { DoneForYouPackage, LevqorFacts, Policy, Tier } from "./levqor-facts.js";

/** A document of {@link knowledgeFrom}: what the chat reads, and what a search filters by. */
export interface LevqorDocument extends Omit<HelpArticle, "owner"> {
  readonly type: "help article" | "plan" | "policy";
  readonly owner?: string;
}

/**
 * What the chat knows: the facts in sentences, and the help articles. Made from the same data as the pages, so that
 * an answer can't disagree with a page.
 */
export function knowledgeFrom(facts: LevqorFacts): LevqorDocument[] {
  return [
    ...planDocuments(facts).map((document) => ({ ...document, type: "plan", date: facts.since }) as const),
    ...policyDocuments(facts).map(
      (document) => ({ ...document, type: "policy", date: facts.since }) as const,
    ),
    ...helpArticles.map((article) => ({ ...article, type: "help article" }) as const),
  ];
}

type FactsDocument = Omit<LevqorDocument, "type" | "date">;

function planDocuments(facts: LevqorFacts): FactsDocument[] {
  const prices = (period: "monthlyPounds" | "yearlyPounds") =>
    facts.tiers.map((tier) => `${tier.name} ${formatPounds(tier[period])}`).join(", ");
  return [
    {
      id: "plans-and-prices",
      title: "Plans, tiers and prices: what Levqor costs",
      url: "/pricing",
      pages: ["pricing"],
      // The price words stand in the sentences with the figures: an answer is made of the sentences that fit best.
      text: `Levqor has ${facts.tiers.length} tiers. Price list of the Levqor plans, what they cost per month when billed monthly: ${prices("monthlyPounds")}. Price list of the Levqor plans, what they cost per year when billed yearly, with a discount: ${prices("yearlyPounds")}. ${cheapest(facts.tiers)} ${sentences(facts.policies.billing)}`,
    },
    ...facts.tiers.map((tier) => ({
      id: `tier-${tier.id}`,
      title: `The ${tier.name} plan`,
      url: "/pricing",
      pages: ["pricing"],
      text: `${tierPrice(tier)} ${tierScope(tier)} ${facts.trial.headline}, ${tier.name} included.`,
    })),
    {
      id: "done-for-you",
      title: "Done-for-you: we build your workflows",
      url: "/pricing",
      pages: ["pricing"],
      text: `Our team builds workflows for you, for a one-off price. ${facts.doneForYou.map(packagePrice).join(" ")}`,
    },
  ];
}

function policyDocuments(facts: LevqorFacts): FactsDocument[] {
  const { trial, support, billing } = facts.policies;
  return [
    {
      id: "free-trial",
      title: "The free trial",
      url: "/trial",
      pages: ["trial", "pricing"],
      text: `The free trial lasts ${facts.trial.days} days; that is how long it costs nothing. ${sentences(trial)}`,
    },
    {
      id: "contact-support",
      title: "Contact support, and its response times (SLA)",
      url: "/pricing",
      pages: ["pricing", "dashboard"],
      text: `To contact support and speak or talk to a person, a human, write to us under Settings → Support. ${sentences(support)} A first answer of the support team comes within ${facts.tiers.map(tierSupport).join(", ")}.`,
    },
    {
      id: "cancel-and-refund",
      title: "Cancelling and refunds",
      url: "/pricing",
      pages: ["pricing", "trial", "dashboard"],
      text: `To cancel, open Settings → Billing. ${sentences(billing)} ${facts.trial.cancel}. To ask for a refund, so that you get money back, write to us under Settings → Support.`,
    },
    {
      id: "payment-and-invoices",
      title: "Payment methods, invoices and VAT",
      url: "/pricing",
      pages: ["pricing", "dashboard"],
      text: `The payment method is a card: we ask for it at sign-up. The amounts on this site are in pounds and do not include VAT or other tax. For another payment method, such as PayPal, an invoice or a question about VAT, write to us under Settings → Support.`,
    },
  ];
}

const sentences = (policy: Policy) => policy.paragraphs.join(" ");

function cheapest(tiers: readonly Tier[]): string {
  const [first] = [...tiers].sort((one, other) => one.monthlyPounds - other.monthlyPounds);
  return first === undefined ? "" : `The cheapest plan is ${first.name}.`;
}

const tierPrice = (tier: Tier) =>
  `${tier.name} costs ${formatPounds(tier.monthlyPounds)} a month or ${formatPounds(tier.yearlyPounds)} a year.`;

const tierSupport = (tier: Tier) => `${formatHours(tier.supportHours)} on ${tier.name}`;

const packagePrice = ({ name, pricePounds, description }: DoneForYouPackage) =>
  `${name} for ${formatPounds(pricePounds)}: ${description}`;

function tierScope({ workflows, runsPerMonth, teamMembers, supportHours, name, tagline }: Tier): string {
  const amount = workflows === "unlimited" ? "unlimited" : formatCount(workflows);
  const people = teamMembers === 1 ? "one team member" : `${formatCount(teamMembers)} team members`;
  return `${name} is ${tagline.replace(/^F/, "f")}. It has ${amount} workflows, ${formatCount(runsPerMonth)} runs a month, ${people}, and support within ${formatHours(supportHours)}.`;
}
