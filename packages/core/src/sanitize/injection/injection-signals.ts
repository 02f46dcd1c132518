import type { InjectionConcept } from "./injection-words.js";

/** What a text is suspected of. */
export type InjectionReason =
  | "instruction_override"
  | "role_play"
  | "prompt_extraction"
  | "template_spoofing"
  | "secret_request"
  | "answer_steering"
  | "many_shot"
  | "encoded_payload"
  | "hidden_text";

/** A trait of a text. Traits are counted up to `most` (default 1). */
export interface InjectionSignal {
  readonly reason: InjectionReason;
  /** Meanings that stand near each other; different words are counted for a single one. */
  readonly words?: readonly InjectionConcept[];
  /** How many words the others may be away from the first. */
  readonly within?: number;
  /** Whether the others must stand behind the first. @default false: in any order */
  readonly follows?: boolean;
  /** Meanings that make it harmless when they are as near. */
  readonly unless?: InjectionConcept;
  /** A form of the folded text; every quantifier is bounded. */
  readonly form?: RegExp;
  /** Every text of the form holds one of these; a look for them costs less than for the form. @default not known */
  readonly needs?: readonly string[];
  readonly most?: number;
  /** Only in texts of more characters. */
  readonly longerThan?: number;
}

/** Every trait by name. What each weighs is in `injection-weights.ts`. */
export const injectionSignals = {
  override: { reason: "instruction_override", words: ["ignore", "rules", "prior"], within: 8 },
  override_rules: { reason: "instruction_override", words: ["ignore", "ruleWords", "prior"], within: 8 },
  override_your_rules: { reason: "instruction_override", words: ["ignore", "ruleWords", "your"], within: 7 },
  override_given_rules: {
    reason: "instruction_override",
    words: ["ignore", "yourRules"],
    within: 3,
    follows: true,
  },
  override_yours: { reason: "instruction_override", words: ["ignore", "rules", "your"], within: 7 },
  override_all: { reason: "instruction_override", words: ["ignore", "rules", "all"], within: 4 },
  override_then_order: { reason: "instruction_override", words: ["ignore", "prior", "say"], within: 7 },
  take_over: { reason: "instruction_override", words: ["takeOver"] },
  from_now_on: { reason: "instruction_override", words: ["fromNow"] },
  authority: { reason: "instruction_override", words: ["authority"] },
  obey: { reason: "instruction_override", words: ["obey"] },
  exact_words: { reason: "instruction_override", words: ["startWith"] },
  jailbreak: { reason: "role_play", words: ["jailbreak"] },
  persona: { reason: "role_play", words: ["persona"] },
  wicked_persona: { reason: "role_play", words: ["wicked", "persona"], within: 25, most: 2 },
  persona_of_machine: { reason: "role_play", words: ["persona", "machine"], within: 10 },
  unbound: { reason: "role_play", words: ["limits", "unbound"], within: 5, most: 2 },
  never_refuse: { reason: "role_play", words: ["refuse", "never"], within: 4, most: 2 },
  machine: { reason: "role_play", words: ["machine"], most: 2 },
  two_answers: { reason: "role_play", words: ["twoAnswers"] },
  fiction: { reason: "role_play", words: ["fiction"] },
  assignment: {
    reason: "role_play",
    form: /\b(?:persona|char|rules|jailbreak|character) ?= ?\S/g,
    needs: ["="],
  },
  reveal_prompt: { reason: "prompt_extraction", words: ["hiddenPrompt", "reveal"], within: 6 },
  reveal_instructions: { reason: "prompt_extraction", words: ["yourInstructions", "revealAll"], within: 6 },
  hidden_prompt: { reason: "prompt_extraction", words: ["hiddenPrompt"] },
  secret_asked: {
    reason: "secret_request",
    words: ["secret", "ask", "owned"],
    within: 6,
    unless: "secretTopic",
  },
  person_asked: { reason: "secret_request", words: ["personal", "ask"], within: 8 },
  exfiltrate: { reason: "secret_request", words: ["exfiltrate"] },
  image_with_data: {
    reason: "secret_request",
    form: /!\[[^\]\n]{0,100}\]\(https?:\/\/[^)\s]{1,200}[?&][\w-]{1,30}=/g,
    needs: ["]("],
  },
  steer: { reason: "answer_steering", words: ["yourAnswer", "steer"], within: 7 },
  steer_in_document: {
    reason: "answer_steering",
    words: ["yourAnswer", "rework"],
    within: 7,
    longerThan: 150,
  },
  odd_form_in_document: {
    reason: "answer_steering",
    words: ["yourAnswer", "oddForm"],
    within: 9,
    longerThan: 150,
  },
  snippet: { reason: "answer_steering", words: ["snippet", "steer"], within: 7 },
  chat_template: {
    reason: "template_spoofing",
    form: /<\|(?:im_start|im_end|system|user|assistant|endoftext|end|eot_id|start_header_id|end_header_id)\|>|\[\/?inst\]|<<\/?sys>>|<(?:start|end)_of_turn>|<\/(?:user|document|context|input|data|untrusted|message|query|text)(?:_[a-z]{1,20})?[^>\n]{0,40}>\s{0,5}<(?:system|instructions?|assistant|admin)\b/g,
    needs: ["<", "inst]"],
  },
  role_tag: {
    reason: "template_spoofing",
    form: /<\/?(?:system|assistant|system_prompt|system_message|instructions?)>|[{[(<]\s?system\s?:|\[system\]|#{2,4} ?system ?#{2,4}|(?:^|\n) {0,4}(?:#{1,4} {0,2}|\*\*)?(?:system|developer)(?: (?:message|prompt|instructions?|note))? {0,2}:/g,
    needs: [">", ":", "]", "##"],
  },
  mode_tag: {
    reason: "template_spoofing",
    form: /[<[({] ?[a-z][a-z ]{0,20}mode ?[>\])}]|\boverride mode\b/g,
    needs: ["mode"],
  },
  end_mark: {
    reason: "template_spoofing",
    form: /(?:^|\n|[%=*_#-]{3}) ?(?:end|begin|start)(?: of)? (?:user|system|prompt|instructions?|context|document|input|reprogramming|conversation)\b/g,
    needs: ["end", "begin", "start"],
  },
  turns: {
    reason: "many_shot",
    form: /\b(?:a|answer|assistant|ai|bot): ?[^\n]{1,400}?\s(?:q|question|user|human): /g,
    needs: [": "],
    most: 4,
  },
  asked_to_decode: { reason: "encoded_payload", words: ["decode"] },
  disguised: { reason: "encoded_payload", most: 2 },
  encoded_text: { reason: "encoded_payload" },
  encoded_order: { reason: "encoded_payload" },
  hidden_text: { reason: "hidden_text" },
} as const satisfies Record<string, InjectionSignal>;

/** Name of a trait. */
export type InjectionSignalName = keyof typeof injectionSignals;
