import { describe, expect, it } from "vitest";
import { checkRoutes, routeOf } from "./routes.js";

const known = ["stable", "canary", "backup"];
const problemsOf = (routes: unknown) => checkRoutes(routes, known);

describe("checkRoutes", () => {
  it.each([
    {},
    { default: ["backup"] },
    { default: [{ stable: 90, canary: 10 }, "backup"], stickyBy: "tenant" },
    { tasks: { workflow: ["stable", "backup"], chat: [{ canary: 0, stable: 1e-9 }] } },
    { default: undefined, tasks: undefined, stickyBy: undefined },
  ])("finds nothing wrong with %j", (routes) => {
    expect(problemsOf(routes)).toEqual([]);
  });

  const advice = 'use one of "stable", "canary", "backup"';
  it.each<[unknown, string[]]>([
    [{ default: ["stabel"] }, [`routes.default.0: there is no target "stabel": ${advice}`]],
    [
      { tasks: { chat: ["stable", { canary: 1, constructor: 1 }] } },
      [`routes.tasks.chat.1: there is no target "constructor": ${advice}`],
    ],
    [{ default: [] }, ["routes.default: is empty: name a target, or leave the route out"]],
    [{ default: [{ stable: 0, canary: 0 }] }, ["routes.default.0: needs a weight of more than 0"]],
    [{ default: [{}] }, ["routes.default.0: needs a weight of more than 0"]],
    [{ default: [{ stable: -1, canary: 2 }] }, ["routes.default.0.stable: must be 0 or more"]],
    [
      { default: ["stable", { canary: 1, stable: 1 }] },
      ['routes.default.1: names "stable" again: a route tries each target once, so leave one out'],
    ],
    [{ stickyBy: "ip" }, ['routes.stickyBy: must be "tenant" or "user"']],
    [{ task: {} }, ["routes.task: there is no such option; check its spelling"]],
    [["stable"], ["routes: must be an object with `default` or `tasks`"]],
    [null, ["routes: must be an object with `default` or `tasks`"]],
    [{ default: "stable" }, ['routes.default: must be a list of targets, such as ["stable", "backup"]']],
    [{ tasks: ["stable"] }, ["routes.tasks: must be routes by a task's name"]],
  ])("says what to do about %j", (routes, problems) => {
    expect(problemsOf(routes)).toEqual(problems);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, "90", null])("refuses the weight %s", (weight) => {
    expect(problemsOf({ default: ["backup", { stable: weight }] })).toEqual([
      expect.stringMatching(/^routes\.default\.1: must be a target's name, or weights .* finite number$/),
    ]);
  });

  it("lists every mistake", () => {
    const routes = { default: ["gone", "stable", "stable"], tasks: { chat: [], debug: ["lost"] } };
    expect(problemsOf(routes)).toHaveLength(4);
  });

  it("says so when there is no target at all", () => {
    expect(checkRoutes({ default: ["stable"] }, [])).toEqual([
      'routes.default.0: there is no target "stable": add it to `targets`, which is empty',
    ]);
  });
});

describe("routeOf", () => {
  const routes = { default: ["backup"], tasks: { chat: ["stable"] } };

  it("takes the task's own route, else the default, else all targets", () => {
    expect(routeOf(routes, "chat", known)).toEqual(["stable"]);
    expect(routeOf(routes, "debug", known)).toEqual(["backup"]);
    expect(routeOf({}, "debug", known)).toEqual(known);
  });

  it("does not mistake what every object has for a task", () => {
    expect(routeOf(routes, "constructor", known)).toEqual(["backup"]);
  });
});
