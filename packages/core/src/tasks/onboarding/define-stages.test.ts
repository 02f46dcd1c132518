import { describe, expect, expectTypeOf, it } from "vitest";
import { problemsOf } from "../../testing/problems-of.js";
import { defineStages } from "./define-stages.js";
import { onboardingAnswer } from "./onboarding-answer.js";
import { onboardingPrompt } from "./onboarding-prompt.js";
import type { OnboardingInput } from "./onboarding-schema.js";
import type { OnboardingStage, OnboardingStages } from "./onboarding-stage.js";
import { onboardingTask } from "./onboarding-task.js";

const stage = (flag: string, requires: readonly string[] = []): OnboardingStage => ({
  title: `Stage ${flag}`,
  checklist: [{ text: `Do ${flag}`, doneWhen: flag }],
  tips: [`Tip ${flag}`],
  requires,
});

describe("defineStages", () => {
  it("returns the stages, whose names are known as types", () => {
    const stages = defineStages({
      a: { title: "A", checklist: [{ text: "x", doneWhen: "has_a" }], tips: ["t"] },
      b: { title: "B", checklist: [{ text: "y" }], tips: ["t"], requires: ["a"] },
    });
    const task = onboardingTask({ stages });
    expect(Object.keys(stages)).toEqual(["a", "b"]);
    expectTypeOf<keyof typeof stages>().toEqualTypeOf<"a" | "b">();
    expectTypeOf<Parameters<typeof task.prompt>[0]>().toEqualTypeOf<OnboardingInput<"a" | "b">>();
  });

  it("has a type error for a requirement that is no stage", () => {
    const build = () =>
      defineStages({
        a: {
          title: "A",
          checklist: [{ text: "x" }],
          tips: ["t"],
          // @ts-expect-error there is no stage b
          requires: ["b"],
        },
      });
    expect(problemsOf(build)).toEqual(["stages.a.requires.0: use one of a"]);
  });

  it.each<[string, OnboardingStages, readonly string[]]>([
    ["no stage", {}, ["stages: give at least one stage"]],
    [
      "every mistake at once",
      { a: { ...stage("x"), title: " " }, b: { ...stage("y"), tips: [] } },
      ["stages.a.title: write a title", "stages.b.tips: give 1 to 20 tips, each with text"],
    ],
    [
      "an item without text",
      { a: { ...stage("x"), checklist: [{ text: "" }] } },
      ["stages.a.checklist: give 1 to 20 items, each with text"],
    ],
    [
      "a stage that waits for itself",
      { a: stage("x", ["a"]) },
      ["stages.a.requires: a → a is a circle; take one out"],
    ],
    [
      "a circle, told once, beside an unknown name",
      { a: stage("x", ["b"]), b: stage("y", ["c", "nope"]), c: stage("z", ["a"]) },
      [
        "stages.b.requires.1: use one of a, b, c",
        "stages.a.requires: a → b → c → a is a circle; take one out",
      ],
    ],
  ])("refuses %s", (_, stages, problems) => {
    expect(problemsOf(() => defineStages(stages))).toEqual(problems);
    expect(problemsOf(() => onboardingTask({ stages }))).toEqual(problems);
  });
});

it("refuses what TypeScript would not let through", () => {
  const broken = { a: { title: 1, checklist: [{}], tips: "x", requires: "b", requries: [] }, b: null };
  expect(problemsOf(() => Reflect.apply(defineStages, undefined, [broken]))).toEqual([
    "stages.a.title: write a title",
    "stages.a.checklist: give 1 to 20 items, each with text",
    "stages.a.tips: give 1 to 20 tips, each with text",
    "stages.a.requires: must be a list of names of stages",
    "stages.a.requries: there is no such field; check its spelling",
    "stages.b: must be an object",
  ]);
  expect(problemsOf(() => Reflect.apply(defineStages, undefined, [[]]))).toHaveLength(1);
});

describe("stages that require others", () => {
  const stages: OnboardingStages = {
    account: stage("has_account"),
    data: {
      ...stage("has_data", ["account"]),
      checklist: [{ text: "Look around" }, { text: "Do has_data", doneWhen: "has_data" }],
    },
    report: stage("has_report", ["data"]),
    share: stage("has_shared", ["report", "account"]),
  };
  const checklist = (name: string, ...done: string[]) =>
    onboardingAnswer(stages, { stage: name, context: Object.fromEntries(done.map((flag) => [flag, true])) })
      .checklist;

  it("begin with what those require in turn, each once", () => {
    expect(checklist("share")).toEqual([
      "Stage has_account: Do has_account",
      "Stage has_data: Do has_data",
      "Stage has_report: Do has_report",
      "Do has_shared",
    ]);
  });

  it("do not wait for an item that nothing marks as done", () => {
    expect(checklist("report", "has_account", "has_data")).toEqual(["Do has_report"]);
  });

  it("still ask for an open requirement when their own items are done", () => {
    expect(checklist("share", "has_shared", "has_account", "has_data")).toEqual([
      "Stage has_report: Do has_report",
    ]);
  });

  it("lead to what the next stage waits for", () => {
    const branched: OnboardingStages = {
      ...stages,
      extra: stage("has_extra"),
      last: stage("has_last", ["account"]),
    };
    const context = { has_extra: true, has_last: false };
    expect(onboardingAnswer(branched, { stage: "extra", context }).checklist).toEqual([
      "This stage is done. Next: Stage has_account",
      "Do has_account",
    ]);
  });

  it("never ask for one flag twice", () => {
    const shared: OnboardingStages = { a: stage("has_x"), b: { ...stage("has_x", ["a"]), title: "B" } };
    expect(onboardingAnswer(shared, { stage: "b" }).checklist).toEqual(["Stage has_x: Do has_x"]);
  });

  it("fit into an answer, however many they are", () => {
    const names = Array.from({ length: 30 }, (_, index) => `s${index}`);
    const many: OnboardingStages = Object.fromEntries(
      names.map((name, index) => [name, stage(`has_${name}`, names.slice(0, index))]),
    );
    expect(onboardingAnswer(many, { stage: "s29" }).checklist).toHaveLength(20);
  });

  it("are told to a model in the same order", () => {
    const { messages } = onboardingPrompt(stages, { stage: "report", context: { has_account: true } });
    expect(messages[0]?.content).toContain("- Stage has_data: Do has_data\n- Do has_report");
    expect(messages[0]?.content).toContain("“Stage has_report” builds on “Stage has_data”");
  });
});
