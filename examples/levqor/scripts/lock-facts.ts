// Locks the facts of today: writes facts/locked-facts.json. Run it after a wanted change, and have the diff reviewed.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { formatHours, formatPounds } from "../facts/format-facts.js";
import { levqorFacts, type Policy } from "../facts/levqor-facts.js";
import { routePaths } from "../site/src/route-paths.js";

const { tiers, doneForYou, trial, policies } = levqorFacts;

const hashOf = ({ title, paragraphs }: Policy) =>
  createHash("sha256")
    .update([title, ...paragraphs].join("\n"))
    .digest("hex");

const locked = {
  pages: Object.values(routePaths),
  tiers: tiers.map(({ id, name, monthlyPounds, yearlyPounds, supportHours }) => ({
    id,
    name,
    monthly: formatPounds(monthlyPounds),
    yearly: formatPounds(yearlyPounds),
    sla: formatHours(supportHours),
  })),
  done_for_you: doneForYou.map(({ id, name, pricePounds }) => ({
    id,
    name,
    price: formatPounds(pricePounds),
  })),
  trial: { headline: trial.headline, card: trial.card, cancel: trial.cancel },
  policy_sha256: Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, hashOf(policy)])),
};
writeFileSync(new URL("../facts/locked-facts.json", import.meta.url), `${JSON.stringify(locked, null, 2)}\n`);
