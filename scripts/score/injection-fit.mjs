// Fits the weights of the injection signal: a logistic regression that starts from what we believe and lets no trait
// speak for harmlessness.

/** @typedef {{ counts: ReadonlyMap<string, number>, malicious: boolean }} Sample */
/** @typedef {{ bias: number, weights: Record<string, number> }} Model */

/** What each trait is believed to weigh before any line was seen; also how far it is believed when lines are few. */
const beliefs = {
  hidden_text: 5,
  chat_template: 4,
  override: 4,
  override_yours: 4,
  encoded_order: 4,
  reveal_prompt: 3.5,
  override_all: 3,
  override_rules: 2.4,
  override_your_rules: 2.4,
  reveal_instructions: 2.4,
  override_then_order: 3,
  take_over: 3,
  jailbreak: 2.5,
  image_with_data: 2.5,
  mode_tag: 2.5,
  authority: 2.5,
  secret_asked: 3.2,
  never_refuse: 2,
  two_answers: 2,
  obey: 2,
  exact_words: 2,
  persona_of_machine: 2,
  role_tag: 2,
  end_mark: 2,
  from_now_on: 2,
  steer_in_document: 3,
  odd_form_in_document: 3,
  steer: 1,
  exfiltrate: 2,
  snippet: 1.5,
  unbound: 1.5,
  disguised: 1.5,
  encoded_text: 1.5,
  assignment: 1.5,
  hidden_prompt: 1.2,
  asked_to_decode: 1,
  person_asked: 1.5,
  fiction: 0.5,
  persona: 0.3,
  machine: 0.4,
  wicked_persona: 0.7,
  turns: 0.5,
};
/** Traits that ordinary texts have too: alone, however often, they never suffice. */
const neverAlone = {
  override_rules: 1,
  override_your_rules: 1,
  reveal_instructions: 1,
  persona: 1,
  wicked_persona: 2,
  machine: 2,
  fiction: 1,
  unbound: 2,
  assignment: 1,
  turns: 4,
  steer: 1,
  snippet: 1,
  hidden_prompt: 1,
  asked_to_decode: 1,
  person_asked: 1,
};
const bias = -3;
const mostAlone = 2.6;
const rounds = 3_000;
const stepSize = 3;
/** How strongly the beliefs hold, in samples. */
const beliefStrength = 4;
/** A false alarm is worse than a miss. */
const benignWeight = 2;
/** @param {Model} model @param {Sample} sample @returns {number} */
const sumOf = ({ bias, weights }, { counts }) => {
  let sum = bias;
  for (const [name, count] of counts) sum += (weights[name] ?? 0) * count;
  return sum;
};

/** @param {readonly Sample[]} samples @returns {Model} */
export function fitInjection(samples) {
  /** @type {Model} */
  const model = { bias, weights: { ...beliefs } };
  const step = stepSize / (samples.length + beliefStrength);
  for (let round = 0; round < rounds; round += 1) {
    /** @type {Record<string, number>} */
    const slopes = {};
    for (const [name, belief] of Object.entries(beliefs))
      slopes[name] = ((model.weights[name] ?? 0) - belief) * beliefStrength;
    for (const sample of samples) {
      const likely = 1 / (1 + Math.exp(-sumOf(model, sample)));
      const slope = (likely - (sample.malicious ? 1 : 0)) * (sample.malicious ? 1 : benignWeight);
      for (const [name, count] of sample.counts) slopes[name] = (slopes[name] ?? 0) + slope * count;
    }
    for (const [name, slope] of Object.entries(slopes))
      model.weights[name] = bounded(name, (model.weights[name] ?? 0) - step * slope);
  }
  return model;
}

/** @param {string} name @param {number} weight */
function bounded(name, weight) {
  const times = Reflect.get(neverAlone, name);
  return Math.max(0, times === undefined ? weight : Math.min(weight, mostAlone / times));
}

/** @param {Model} model @param {Sample} sample */
export const flags = (model, sample) => sumOf(model, sample) >= 0;
