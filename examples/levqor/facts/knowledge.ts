import { formatCount, formatHours, formatPounds } from "./format-facts.js";
import { type HelpArticle, helpArticles } from "./help-articles.js";
import type { DoneForYouPackage, LevqorFacts, Policy, Tier } from "./levqor-facts.js";

/**
 * What the chat knows: the facts in sentences, and the help articles. Made from the same data as the pages, so that
 * an answer can't disagree with a page.
 */
export function knowledgeFrom(facts: LevqorFacts): HelpArticle[] {
  const prices = (period: "monthlyPounds" | "yearlyPounds") =>
    facts.tiers.map((tier) => `${tier.name} ${formatPounds(tier[period])}`).join(", ");
  return [
    {
      id: "plans-and-prices",
      title: "Plans and prices",
      url: "/pricing",
      pages: ["pricing"],
      text: `Levqor has ${facts.tiers.length} tiers. Billed monthly: ${prices("monthlyPounds")}. Billed yearly: ${prices("yearlyPounds")}. ${cheapest(facts.tiers)} ${sentences(facts.policies.billing)}`,
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
    {
      id: "free-trial",
      title: "The free trial",
      url: "/trial",
      pages: ["trial", "pricing"],
      text: `The free trial lasts ${facts.trial.days} days; that is how long it costs nothing. ${sentences(facts.policies.trial)}`,
    },
    {
      id: "support-response-times",
      title: "Support response times (SLA)",
      url: "/pricing",
      pages: ["pricing"],
      text: `${sentences(facts.policies.support)} A first answer comes within ${facts.tiers.map(tierSupport).join(", ")}.`,
    },
    ...helpArticles,
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
  `${name} costs ${formatPounds(pricePounds)}: ${description}`;

function tierScope({ workflows, runsPerMonth, teamMembers, supportHours, name, tagline }: Tier): string {
  const amount = workflows === "unlimited" ? "unlimited" : formatCount(workflows);
  const people = teamMembers === 1 ? "one team member" : `${formatCount(teamMembers)} team members`;
  return `${name} is ${tagline.replace(/^F/, "f")}. It has ${amount} workflows, ${formatCount(runsPerMonth)} runs a month, ${people}, and support within ${formatHours(supportHours)}.`;
}
