import { consoleAuditSink } from "./audit/console-audit-sink.js";
import { taskRuleAuthorizer } from "./authorize/task-rule-authorizer.js";
import { memoryBudget } from "./budget/memory-budget.js";
import { memoryResponseCache } from "./cache/memory-response-cache.js";
import { checkGatewayOptions } from "./check-gateway-options.js";
import { checkTaskPaths } from "./check-task-paths.js";
import { type Clock, systemClock } from "./clock.js";
import { consoleLogger } from "./console-logger.js";
import { memoryDecisionStore } from "./decision/memory-decision-store.js";
import type { AnyTask } from "./define-task.js";
import { invalidConfig } from "./errors/invalid-config.js";
import type { AiGateway, GatewayPolicy, GatewayTarget } from "./gateway.js";
import type { AiGatewayOptions, PolicyOptions } from "./gateway-options.js";
import { staticKillSwitch } from "./kill-switch/static-kill-switch.js";
import type { Logger } from "./logger.js";
import type { Masker } from "./mask/masker.js";
import { patternMasker } from "./mask/pattern-masker.js";
import type { OutputGuard } from "./output/guard/output-guard.js";
import { type DetectValues, patternOutputGuard } from "./output/guard/pattern-output-guard.js";
import { schemaOutputReader } from "./output/schema-output-reader.js";
import { findSwitch } from "./pipeline/admission.js";
import { type CallRegister, createCallRegister } from "./pipeline/call-register.js";
import { recordRefusal } from "./pipeline/record-refusal.js";
import type { Services } from "./pipeline/services.js";
import { taskRunner } from "./pipeline/task-runner.js";
import { toPipelineCall } from "./pipeline/to-pipeline-call.js";
import { type PolicyControls, policyApplier } from "./policy/apply-policy.js";
import { type PolicyLoader, policyLoader } from "./policy/policy-loader.js";
import { memoryRateLimiter } from "./rate-limit/memory-rate-limiter.js";
import { resolveTargets } from "./resolve-targets.js";
import type { Router, RouteTarget } from "./route/router.js";
import { targetRouter } from "./route/target-router.js";
import { controlCharacterSanitizer } from "./sanitize/control-character-sanitizer.js";
import { createSecretMark } from "./secret-mark.js";
import { chatTask } from "./tasks/chat/chat-task.js";
import { debugTask } from "./tasks/debug/debug-task.js";
import type { OnboardingStages } from "./tasks/onboarding/onboarding-stage.js";
import { onboardingTask } from "./tasks/onboarding/onboarding-task.js";
import { intelligentSearchTask } from "./tasks/search/intelligent-search-task.js";
import { recommendationsTask } from "./tasks/search/recommendations/recommendations-task.js";
import { semanticSearchTask } from "./tasks/search/semantic-search-task.js";
import { workflowTask } from "./tasks/workflow/workflow-task.js";
import { openTelemetry } from "./telemetry/open-telemetry.js";
import { unfailingLogger } from "./unfailing-logger.js";

/**
 * Makes a gateway. With no options it answers locally: no key, no network, no service.
 *
 * @throws `invalid_config` that lists every mistake in the options.
 * @example
 * const gateway = createAiGateway({ provider });
 * const { reply, metadata } = await gateway.chat({ message: "What does a workflow cost?" }, { caller });
 */
export function createAiGateway(options: AiGatewayOptions = {}): AiGateway {
  checkGatewayOptions(options);
  const services = resolveServices(options);
  const custom = Object.fromEntries(
    (options.tasks ?? []).map((task): [string, AnyTask] => [task.name, task]),
  );
  const tasks = { ...builtInTasks(options), ...custom };
  checkTaskPaths(Object.values(tasks));
  if (services.router.targets.length === 0) services.logger.warn({}, noTargets);
  const calls = createCallRegister();
  const { run, stream } = taskRunner(calls, services);
  return {
    run,
    stream,
    chat: (input, call) => run(tasks.chat, input, call),
    workflow: (input, call) => run(tasks.workflow, input, call),
    debug: (input, call) => run(tasks.debug, input, call),
    onboarding: (input, call) => run(tasks.onboarding, input, call),
    tasks,
    targets: services.router.targets.map(toGatewayTarget),
    setRoutes(routes) {
      const { router } = services;
      if (router.setRoutes === undefined) throw invalidConfig("gateway.setRoutes", [noRoutes]);
      router.setRoutes(routes);
    },
    findDecision: async (requestId) => services.decisionStore.find(requestId),
    recordRefusal: refusalRecorder(calls, services),
    logger: services.logger,
    switchState: (task, caller = {}) => findSwitch({ task, caller }, services),
    policy: services.policy ?? noPolicy,
    async close() {
      services.policy?.close();
      await calls.close(services.clock);
      await closeServices(services);
    },
  };
}

const refusalRecorder =
  (calls: CallRegister, services: Services): AiGateway["recordRefusal"] =>
  async (error, { task, ...request }) => {
    const record = (signal: AbortSignal) => {
      const call = toPipelineCall(task, request, { incremental: false, signal, services });
      return recordRefusal(error, { call, services });
    };
    await calls.track(record, request.signal);
  };

/** Has everything written that waits, whatever becomes of one of them. */
async function closeServices({ auditSink, budget, decisionStore }: Services): Promise<void> {
  const ends = [() => auditSink.close?.(), () => budget.flush?.(), () => decisionStore.flush?.()];
  const ended = await Promise.allSettled(ends.map(async (end) => end()));
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}

const builtInTasks = ({ clock }: AiGatewayOptions) => ({
  chat: chatTask(),
  workflow: workflowTask(),
  debug: debugTask(),
  onboarding: onboardingTask<OnboardingStages>(),
  semantic_search: semanticSearchTask(),
  intelligent_search: intelligentSearchTask({ clock }),
  get_recommendations: recommendationsTask({ clock }),
});

const toGatewayTarget = ({ name, provider, model }: RouteTarget): GatewayTarget => ({
  name,
  provider: provider.name,
  model,
});

const noPolicy: GatewayPolicy = {
  status: () => ({ version: undefined, problems: [] }),
  flagsOf: () => ({}),
  refresh: async () => {},
};

const noTargets = "No AI provider is configured: every answer is a local one. Set a key to use a model.";
const noRoutes = "routes: the gateway's own `router` has no setRoutes()";
function resolveServices(
  options: AiGatewayOptions,
): Services & { readonly policy: PolicyLoader | undefined } {
  const { clock = systemClock, masker = patternMasker() } = options;
  const logger = unfailingLogger(options.logger ?? consoleLogger());
  const controls = {
    killSwitch: options.killSwitch ?? staticKillSwitch(),
    rateLimiter: options.rateLimiter ?? memoryRateLimiter({ clock }),
    budget: options.budget ?? memoryBudget({ clock }),
    router: options.router ?? defaultRouter(options, { clock, logger }),
  };
  return {
    ...controls,
    policy: options.policy && loadPolicy(options.policy, controls, { clock, logger }),
    authorizer: options.authorizer ?? taskRuleAuthorizer(),
    sanitizer: options.sanitizer ?? controlCharacterSanitizer(),
    injectionMode: options.injectionMode ?? "observe",
    masker,
    cache: options.cache ?? memoryResponseCache({ clock }),
    canary: options.canary === false ? undefined : createSecretMark(),
    outputReader: options.outputReader ?? schemaOutputReader(),
    outputGuard: options.outputGuard === false ? undefined : (options.outputGuard ?? defaultGuard(masker)),
    auditSink: options.auditSink ?? consoleAuditSink(),
    auditFailure: options.auditFailure ?? "drop",
    auditDigest: options.auditDigest,
    storeFailure: {
      rateLimiter: options.storeFailure?.rateLimiter ?? "open",
      budget: options.storeFailure?.budget ?? "closed",
    },
    decisionStore: options.decisionStore ?? memoryDecisionStore(),
    telemetry: openTelemetry(options.telemetry),
    hooks: options.hooks ?? {},
    logger,
    clock,
  };
}

const loadPolicy = (
  { source, pollMs = 2_000 }: PolicyOptions,
  controls: PolicyControls,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): PolicyLoader =>
  policyLoader({
    source,
    pollMs,
    targetNames: controls.router.targets.map(({ name }) => name),
    apply: policyApplier(controls),
    clock,
    logger,
  });

/** Invented values are found as the masker finds those of users, where it can tell. */
function defaultGuard(masker: Masker & { readonly detect?: DetectValues }): OutputGuard {
  return patternOutputGuard({ detect: masker.detect && ((text) => masker.detect?.(text) ?? []) });
}

function defaultRouter(
  options: AiGatewayOptions,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Router {
  const { retry, breaker, timeouts, provider, random = Math.random, localFallback = true } = options;
  const targets = options.targets ?? (provider === undefined ? [] : [{ provider }]);
  return targetRouter({
    targets: resolveTargets(targets, options.unpriced ?? "block", logger),
    routes: options.routes ?? {},
    retry: {
      maxRetries: retry?.maxRetries ?? 3,
      baseDelayMs: retry?.baseDelayMs ?? 250,
      maxDelayMs: retry?.maxDelayMs ?? 4_000,
    },
    retryBudget: {
      ratio: retry?.budget?.ratio ?? 0.2,
      minPerSecond: retry?.budget?.minPerSecond ?? 10,
    },
    breaker: {
      failureThreshold: breaker === false ? Number.POSITIVE_INFINITY : (breaker?.failureThreshold ?? 5),
      openMs: breaker === false ? 0 : (breaker?.openMs ?? 30_000),
    },
    timeouts: {
      totalMs: timeouts?.totalMs ?? 15_000,
      attemptMs: timeouts?.attemptMs ?? 300_000,
      firstChunkMs: timeouts?.firstChunkMs ?? 5_000,
      chunkMs: timeouts?.chunkMs ?? 10_000,
    },
    hedge: options.hedge ?? false,
    outputRepair: options.outputRepair ?? true,
    localFallback,
    clock,
    random,
  });
}
