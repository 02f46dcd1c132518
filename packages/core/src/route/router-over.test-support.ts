import { createHandover } from "../pipeline/handover.js";
import type { Provider } from "../provider/provider.js";
import { manualClock } from "../testing/manual-clock.js";
import type { RoutePart, RouteRequest, RouteResult, Router, RouteTarget } from "./router.js";
import { type TargetRouterOptions, targetRouter } from "./target-router.js";

/** A target of each provider, named after it; two of a name are told apart by a number. */
export const targetsOf = (providers: readonly Provider[], maxConcurrent = 100): RouteTarget[] =>
  providers.map((provider, index) => ({
    name:
      providers.findIndex(({ name }) => name === provider.name) === index
        ? provider.name
        : `${provider.name}#${index + 1}`,
    provider,
    model: provider.model,
    price: undefined,
    maxConcurrent,
  }));

/** The default router over these providers, in this order; retries wait for nothing. */
export function routerOver(
  providers: readonly Provider[],
  options: Partial<TargetRouterOptions> = {},
): Router {
  return targetRouter({
    targets: targetsOf(providers),
    routes: {},
    retry: { maxRetries: 1, baseDelayMs: 0, maxDelayMs: 0 },
    retryBudget: { ratio: 0.2, minPerSecond: 10 },
    breaker: { failureThreshold: 5, openMs: 30_000 },
    timeouts: { totalMs: 15_000, attemptMs: 60_000, firstChunkMs: 5_000, chunkMs: 10_000 },
    hedge: false,
    outputRepair: true,
    localFallback: true,
    clock: manualClock(),
    random: () => 0,
    ...options,
  });
}

/** What a test asks; the rest is the router's usual. */
export type Asked = Omit<RouteRequest, "targets" | "onBreak" | "show"> & Partial<RouteRequest>;

/** A router whose answers are read as words: a text's delta, the type of any other part. */
export const inWords = (router: Router) => ({
  async *route(asked: Asked): AsyncGenerator<string, RouteResult, void> {
    const { give, take } = createHandover<RoutePart>();
    const show = (part: RoutePart) => give([part]);
    const parts = take(() => router.route({ targets: router.targets, onBreak: "terminate", show, ...asked }));
    try {
      let next = await parts.next();
      for (; next.done !== true; next = await parts.next())
        yield next.value.type === "text-delta" ? next.value.delta : next.value.type;
      return next.value;
    } finally {
      await parts.return(undefined as never); // never: nobody reads it
    }
  },
});

/** A streamed request of nothing in particular, with a local answer; `report` is told of each attempt. */
export const askedOf =
  (report: RouteRequest["onAttempt"]) =>
  (changes: Partial<Asked> = {}): Asked => ({
    request: { prompt: { messages: [] }, maxOutputTokens: 10, temperature: 0, incremental: true },
    local: async () => ({ value: { reply: "local" } }),
    accept: async () => {},
    affords: async () => true,
    onAttempt: report,
    signal: new AbortController().signal,
    ...changes,
  });

/** Reads an answer to its end. */
export async function readWords(words: AsyncGenerator<string, RouteResult, void>) {
  const shown: string[] = [];
  for (;;) {
    const next = await words.next();
    if (next.done === true) return { shown, result: next.value };
    shown.push(next.value);
  }
}
