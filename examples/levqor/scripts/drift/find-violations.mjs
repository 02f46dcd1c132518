/** @typedef {import("./read-rendered-facts.mjs").RenderedPage} RenderedPage */

/**
 * The locked copy of the business facts, as `facts/locked-facts.json` holds it.
 * @typedef {object} LockedFacts
 * @property {string[]} pages
 * @property {{ id: string, name: string, monthly: string, yearly: string, sla: string }[]} tiers
 * @property {{ id: string, name: string, price: string }[]} done_for_you
 * @property {{ headline: string, card: string, cancel: string }} trial
 * @property {Record<string, string>} policy_sha256
 */

/**
 * Compares what visitors see with what is locked.
 * @param {LockedFacts} locked
 * @param {readonly RenderedPage[]} rendered
 * @returns {string[]} one sentence a violation; none when all is well
 */
export function findViolations(locked, rendered) {
  return [
    ...new Set([
      ...factViolations(locked, rendered),
      ...policyViolations(locked, rendered),
      ...amountViolations(locked, rendered),
      ...trialViolations(locked, rendered),
    ]),
  ];
}

/** Every locked fact is shown, as it is locked, and no other. @param {LockedFacts} locked @param {readonly RenderedPage[]} rendered */
function factViolations(locked, rendered) {
  const expected = expectedFacts(locked);
  const shown = rendered.flatMap(({ page, facts }) =>
    Object.entries(facts).map(([fact, text]) => ({ page, fact, text })),
  );
  const wrong = shown.filter(({ fact, text }) => expected[fact] !== text);
  const missing = Object.keys(expected).filter((fact) => !shown.some((one) => one.fact === fact));
  return [
    ...wrong.map(
      ({ page, fact, text }) =>
        `${page}: ${fact} reads "${text}", locked is "${expected[fact] ?? "nothing"}"`,
    ),
    ...missing.map((fact) => `${fact} is shown nowhere, locked is "${expected[fact]}"`),
  ];
}

/** @param {LockedFacts} locked @returns {Record<string, string>} */
function expectedFacts({ tiers, done_for_you, trial }) {
  return Object.fromEntries([
    ...tiers.flatMap(({ id, name, monthly, yearly, sla }) => [
      [`tier.${id}.name`, name],
      [`tier.${id}.monthly`, monthly],
      [`tier.${id}.yearly`, yearly],
      [`sla.${id}`, sla],
    ]),
    ...done_for_you.flatMap(({ id, name, price }) => [
      [`done_for_you.${id}.name`, name],
      [`done_for_you.${id}.price`, price],
    ]),
    ...Object.entries(trial).map(([key, text]) => [`trial.${key}`, text]),
  ]);
}

/** @param {LockedFacts} locked @param {readonly RenderedPage[]} rendered */
function policyViolations({ policy_sha256 }, rendered) {
  const shown = rendered.flatMap(({ page, policies }) =>
    Object.entries(policies).map(([policy, hash]) => ({ page, policy, hash })),
  );
  const wrong = shown.filter(({ policy, hash }) => policy_sha256[policy] !== hash);
  const missing = Object.keys(policy_sha256).filter((policy) => !shown.some((one) => one.policy === policy));
  return [
    ...wrong.map(
      ({ page, policy, hash }) => `${page}: the text of policy "${policy}" has changed (SHA-256 ${hash})`,
    ),
    ...missing.map((policy) => `policy "${policy}" is shown nowhere`),
  ];
}

/** No page shows a price that is not locked, marked or not. @param {LockedFacts} locked @param {readonly RenderedPage[]} rendered */
function amountViolations({ tiers, done_for_you }, rendered) {
  const amounts = new Set([
    ...tiers.flatMap(({ monthly, yearly }) => [monthly, yearly]),
    ...done_for_you.map(({ price }) => price),
  ]);
  return rendered.flatMap(({ page, text }) =>
    (text.match(/£\s?\d[\d,.]*\d|£\s?\d/g) ?? [])
      .filter((amount) => !amounts.has(amount))
      .map((amount) => `${page}: shows ${amount}, which is no locked price`),
  );
}

/** The promise of the trial stands where it is decided about. @param {LockedFacts} locked @param {readonly RenderedPage[]} rendered */
function trialViolations({ trial }, rendered) {
  return ["/pricing", "/trial"].flatMap((page) =>
    Object.values(trial)
      .filter((promise) => !rendered.some((one) => one.page === page && one.text.includes(promise)))
      .map((promise) => `${page}: does not say "${promise}"`),
  );
}
