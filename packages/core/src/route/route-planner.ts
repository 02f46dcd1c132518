import { invalidConfig } from "../errors/invalid-config.js";
import { planRoute } from "./plan-route.js";
import type { RoutedCall, Router, RouteTarget } from "./router.js";
import { checkRoutes, type Routes, routeOf, routesSchema } from "./routes.js";

/** Knows the routes that hold at the moment. */
export interface RoutePlanner extends Pick<Router, "plan"> {
  /** Without routes: those that the planner was made with. */
  setRoutes(routes: Routes | undefined): void;
}

/** Makes a planner. @throws `invalid_config` with every mistake in the routes, as `setRoutes` does */
export function createRoutePlanner(options: {
  readonly targets: readonly RouteTarget[];
  readonly routes: Routes;
  readonly random: () => number;
}): RoutePlanner {
  const { targets, random } = options;
  const byName = new Map(targets.map((target): [string, RouteTarget] => [target.name, target]));
  const names = [...byName.keys()];
  let routes: Routes = {};
  const find = (name: string): RouteTarget => {
    const target = byName.get(name);
    if (target !== undefined) return target;
    const known = names.length === 0 ? "there is none" : `there are: ${names.join(", ")}`;
    throw invalidCall(`there is no target "${name}"; ${known}`);
  };
  const setRoutes = (next: Routes = options.routes) => {
    const problems = checkRoutes(next, names);
    if (problems.length > 0) throw invalidConfig("The routes stay as they were", problems);
    routes = routesSchema(names).parse(next);
  };
  setRoutes();
  return {
    plan(call) {
      if (Array.isArray(call.targets)) return call.targets.map(find);
      if (call.targets !== undefined) throw invalidCall("pass a list of targets' names");
      const route = routeOf(routes, call.task, names);
      return planRoute(route, { stickyKey: stickyKey(call, routes.stickyBy), random }).map(find);
    },
    setRoutes,
  };
}

const invalidCall = (problem: string) => invalidConfig("A call names its targets", [`targets: ${problem}`]);

/** Whoever shares it gets the same target of a weighted choice. */
function stickyKey({ caller }: RoutedCall, stickyBy: Routes["stickyBy"] = "tenant"): string | undefined {
  const { tenantId, userId } = caller;
  return stickyBy === "tenant" ? (tenantId ?? userId) : (userId ?? tenantId);
}
