import { useState } from "react";
import { Link } from "react-router";
import { formatCount, formatHours, formatPounds } from "../../../facts/format-facts.js";
import { levqorFacts, type Tier } from "../../../facts/levqor-facts.js";
import { AiHelpPanel } from "../components/ai-help-panel.js";
import { PolicyText } from "../components/policy-text.js";
import { SegmentedChoice } from "../components/segmented-choice.js";
import { Icon } from "../layout/icon.js";
import { Page } from "../layout/page.js";
import { routePaths } from "../route-paths.js";

type BillingPeriod = "monthly" | "yearly";

const questions = [
  "How much is Pro per year?",
  "Which plan is for a small team?",
  "Can I cancel during the trial?",
];

/** `/pricing` */
export function PricingPage() {
  const [period, setPeriod] = useState<BillingPeriod>("monthly");
  return (
    <Page
      title="Pricing"
      heading="Simple prices"
      lead={`${levqorFacts.trial.headline}. ${levqorFacts.trial.card}. ${levqorFacts.trial.cancel}.`}
    >
      <section className="container" aria-labelledby="tiers">
        <h2 id="tiers" className="visually-hidden">
          Tiers
        </h2>
        <fieldset>
          <legend className="visually-hidden">Billing period</legend>
          <SegmentedChoice options={periods} chosen={period} onChange={setPeriod} />
        </fieldset>
        <ul className="grid grid-of-four grid-tiers">
          {levqorFacts.tiers.map((tier) => (
            <TierCard key={tier.id} tier={tier} period={period} />
          ))}
        </ul>
      </section>
      <div className="container section columns">
        <div className="stack">
          <DoneForYou />
          <SupportTimes />
          <PolicyText id="billing" policy={levqorFacts.policies.billing} />
        </div>
        <AiHelpPanel title="Questions about prices?" suggestions={questions} />
      </div>
    </Page>
  );
}

const periods = [
  { value: "monthly", label: "Monthly" },
  { value: "yearly", label: "Yearly, two months free" },
] as const;

function TierCard({ tier, period }: { readonly tier: Tier; readonly period: BillingPeriod }) {
  const price = period === "monthly" ? tier.monthlyPounds : tier.yearlyPounds;
  const scope = [
    `${tier.workflows === "unlimited" ? "Unlimited" : formatCount(tier.workflows)} workflows`,
    `${formatCount(tier.runsPerMonth)} runs a month`,
    tier.teamMembers === 1 ? "One team member" : `${formatCount(tier.teamMembers)} team members`,
    `Support within ${formatHours(tier.supportHours)}`,
  ];
  return (
    <li className="card tier" data-recommended={tier.recommended ?? false}>
      <h3 data-fact={`tier.${tier.id}.name`}>{tier.name}</h3>
      {tier.recommended ? <p className="tier-badge">Most chosen</p> : null}
      <p className="tier-tagline">{tier.tagline}</p>
      <p className="tier-price">
        <strong data-fact={`tier.${tier.id}.${period}`}>{formatPounds(price)}</strong> a{" "}
        {period === "monthly" ? "month" : "year"}
      </p>
      <ul className="tick-list">
        {scope.map((line) => (
          <li key={line}>
            <Icon name="check" />
            {line}
          </li>
        ))}
      </ul>
      <Link to={routePaths.trial} className={tier.recommended ? "button button-primary" : "button"}>
        Try {tier.name}
      </Link>
    </li>
  );
}

function DoneForYou() {
  return (
    <section className="titled" aria-labelledby="done-for-you">
      <div>
        <h2 id="done-for-you">Done for you</h2>
        <p className="muted">Our team builds it, for a one-off price.</p>
      </div>
      <ul className="stack stack-small">
        {levqorFacts.doneForYou.map(({ id, name, pricePounds, description }) => (
          <li key={id} className="card package">
            <div>
              <h3 data-fact={`done_for_you.${id}.name`}>{name}</h3>
              <p>{description}</p>
            </div>
            <strong className="package-price" data-fact={`done_for_you.${id}.price`}>
              {formatPounds(pricePounds)}
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SupportTimes() {
  return (
    <section aria-labelledby="support">
      <PolicyText id="support" policy={levqorFacts.policies.support} />
      <div className="card table-card">
        <table>
          <thead>
            <tr>
              <th scope="col">Tier</th>
              <th scope="col">First answer within</th>
            </tr>
          </thead>
          <tbody>
            {levqorFacts.tiers.map(({ id, name, supportHours }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td data-fact={`sla.${id}`}>{formatHours(supportHours)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
