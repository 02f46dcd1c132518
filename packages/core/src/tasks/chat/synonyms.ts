import { stem } from "./stem.js";

const groups = [
  "price cost pricing fee charge pay expensive cheap much rate plan tier",
  "yearly annual annually year yearly",
  "monthly month",
  "cancel end stop terminate quit leave",
  "trial try test free",
  "refund reimburse moneyback",
  "bill billing invoice receipt payment pay",
  "card credit debit",
  "login signin",
  "logout signout",
  "signup register",
  "disable deactivate pause",
  "enable activate",
  "log history",
  "keep kept store retain",
  "delete remove erase",
  "change edit update modify switch upgrade downgrade",
  "support sla response respond reply answer contact",
  "team member colleague user seat invite people teammate coworker",
  "connect integrate integration link tool app",
  "workflow automation automate zap flow",
  "error fail failure broken bug problem issue wrong",
  "secure security safe privacy private gdpr",
  "add invite create",
  "fast quick quickly soon speed hours",
  "limit quota maximum allowance",
  "begin start onboarding setup",
  "schedule time weekly daily",
  "discount coupon voucher",
];

/** Stem → the stems that mean much the same in questions about a product. */
export const synonyms: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(groups.flatMap((group) => group.split(" ").map(stem)))].map((word) => [
    word,
    [
      ...new Set(
        groups
          .map((group) => group.split(" ").map(stem))
          .filter((group) => group.includes(word))
          .flat(),
      ),
    ],
  ]),
);
