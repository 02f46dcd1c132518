import assert from "node:assert/strict";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { Provider } from "../provider/provider.js";
import type { ContractCase } from "../testing/contract-case.js";
import { type FakeProvider, type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import type { AttemptReport, RouteRequest, RouteResult, Router } from "./router.js";

/** Makes a router over these providers, in this order; it may retry, but must not wait between retries. */
export type CreateRouter = (providers: readonly Provider[]) => Router;

const filtered = new GatewayError("provider_filtered", "filtered");
const down = new GatewayError("provider_unavailable", "down");
const fake = (reply: FakeReply) => fakeProvider([reply]);

/** Everything one case observes: what was shown, what came back, what was reported. */
async function routeOnce(
  create: CreateRouter,
  providers: readonly Provider[],
  changes: Partial<RouteRequest> & { readonly incremental?: boolean } = {},
) {
  const { incremental = true, ...overrides } = changes;
  const reports: AttemptReport[] = [];
  const router = create(providers);
  const shown: string[] = [];
  const show: RouteRequest["show"] = (part) => {
    shown.push(part.type === "text-delta" ? part.delta : part.type);
    return Promise.resolve();
  };
  const request: RouteRequest = {
    targets: router.plan({ task: "chat", caller: {} }),
    onBreak: "terminate",
    request: { prompt: { messages: [] }, maxOutputTokens: 10, temperature: 0, incremental },
    local: async () => ({ value: { reply: "local" } }),
    accept: async () => {},
    affords: async () => true,
    onAttempt: (report) => reports.push(report),
    signal: new AbortController().signal,
    show,
    ...overrides,
  };
  const finish = (): Promise<RouteResult> => router.route(request);
  return { shown, reports, finish };
}

/** Resolves once `condition` holds; what is asynchronous has then settled. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !condition(); turn++)
    await new Promise((resolve) => setImmediate(resolve));
  assert.ok(condition());
}

function answersLocally(
  name: string,
  providers: () => FakeProvider[],
  reason: string,
): ContractCase<CreateRouter> {
  return {
    name,
    async run(create) {
      const { finish, shown } = await routeOnce(create, providers());
      const result = await finish();
      assert.deepEqual(shown, []); // it comes whole
      assert.equal(result.source, "local");
      assert.equal(result.degraded, reason);
    },
  };
}

/** What every router promises. */
export const routerContract: readonly ContractCase<CreateRouter>[] = [
  {
    name: "passes text on as it comes, and returns the whole reply with where it is from",
    async run(create) {
      const { finish, shown, reports } = await routeOnce(create, [fake({ text: ["Hel", "lo"] })]);
      const result = await finish();
      assert.deepEqual(shown, ["Hel", "lo"]);
      assert.equal(result.reply.text, "Hello");
      assert.equal(result.source, "model");
      assert.equal(result.provider, "fake");
      assert.deepEqual(
        reports.map(({ outcome }) => outcome),
        ["ok"],
      );
    },
  },
  {
    name: "goes to the next target unseen, and reports each attempt",
    async run(create) {
      const second = fakeProvider([{ text: "from the second" }], { name: "second" });
      const { finish, shown, reports } = await routeOnce(create, [fake({ error: down }), second]);
      assert.equal((await finish()).provider, "second");
      assert.deepEqual(shown, ["from the second"]);
      assert.equal(reports.at(0)?.outcome, "provider_unavailable");
      assert.equal(reports.at(-1)?.outcome, "ok");
    },
  },
  answersLocally("answers locally when every target fails", () => [fake({ error: down })], "provider_down"),
  answersLocally("answers locally when a reply is withheld", () => [fake({ error: filtered })], "blocked"),
  answersLocally("answers locally when there is no target", () => [], "no_provider"),
  {
    name: "calls no target when only a local answer is wanted",
    async run(create) {
      const provider = fake({ text: "never" });
      const { finish } = await routeOnce(create, [provider], { localOnly: "kill_switch" });
      assert.equal((await finish()).degraded, "kill_switch");
      assert.equal(provider.requests.length, 0);
    },
  },
  {
    name: "throws the last failure when nothing else is left",
    async run(create) {
      const { finish } = await routeOnce(create, [fake({ error: down })], { local: undefined });
      await assert.rejects(finish(), (error) => isGatewayError(error, "provider_unavailable"));
    },
  },
  {
    name: "does not go on to another target once text was shown",
    async run(create) {
      const second = fake({ text: "never" });
      const { finish, shown } = await routeOnce(create, [fake({ text: "begun", cut: true }), second]);
      await assert.rejects(finish(), (error) => isGatewayError(error, "provider_cut"));
      assert.deepEqual(shown, ["begun"]);
      assert.equal(second.requests.length, 0);
    },
  },
  {
    name: "begins anew after text was shown, when the request allows it",
    async run(create) {
      const providers = [fake({ text: "begun", cut: true }), fake({ text: "whole" })];
      const { finish, shown } = await routeOnce(create, providers, { onBreak: "restart" });
      assert.equal((await finish()).reply.text, "whole");
      assert.deepEqual(shown.slice(shown.lastIndexOf("reset")), ["reset", "whole"]);
      assert.equal(shown[0], "begun");
    },
  },
  {
    name: "goes to the targets that a call names, and to no other",
    async run(create) {
      const router = create([fakeProvider([{}], { name: "one" }), fakeProvider([{}], { name: "two" })]);
      const call = { task: "chat", caller: {} };
      assert.deepEqual(router.plan(call), router.targets);
      const [, second] = router.targets;
      assert.ok(second);
      assert.deepEqual(router.plan({ ...call, targets: [second.name] }), [second]);
      assert.deepEqual(router.plan({ ...call, targets: [] }), []);
      assert.throws(
        () => router.plan({ ...call, targets: ["three"] }),
        (error) => isGatewayError(error, "invalid_config") && error.message.includes(second.name),
      );
    },
  },
  {
    name: "goes on at any point when nobody watches the text",
    async run(create) {
      const providers = [fake({ text: "begun", cut: true }), fake({ text: "whole" })];
      const { finish, shown } = await routeOnce(create, providers, { incremental: false });
      assert.equal((await finish()).reply.text, "whole");
      assert.deepEqual(shown, []);
    },
  },
  {
    name: "goes to the next target when a reply is not accepted",
    async run(create) {
      const accept: RouteRequest["accept"] = async ({ text }) => {
        if (text === "bad") throw new GatewayError("invalid_output", "bad");
      };
      const providers = [fake({ text: "bad" }), fake({ text: "good" })];
      const { finish } = await routeOnce(create, providers, { accept, incremental: false });
      assert.equal((await finish()).reply.text, "good");
    },
  },
  {
    name: "makes no attempt that the money does not cover",
    async run(create) {
      const provider = fake({ text: "never" });
      const { finish } = await routeOnce(create, [provider], { affords: async () => false });
      assert.equal((await finish()).degraded, "budget");
      assert.equal(provider.requests.length, 0);
    },
  },
  {
    name: "ends the provider's call when its reader stops, makes no other, and reports it once",
    async run(create) {
      const provider = fake({ text: ["one", "two"], hangs: true });
      const stopped = new GatewayError("aborted", "stopped");
      const show = () => Promise.reject(stopped);
      const { finish, reports } = await routeOnce(create, [provider, fake({ text: "never" })], { show });
      await assert.rejects(finish(), (error) => error === stopped);
      await until(() => provider.running === 0);
      assert.equal(reports.length, 1);
      assert.equal(reports[0]?.outcome, "aborted");
      assert.equal(reports[0]?.receivedText, "one");
    },
  },
  {
    name: "makes no further call when the caller aborts",
    async run(create) {
      const provider = fake({ hangs: true });
      const second = fake({ text: "never" });
      const controller = new AbortController();
      const { finish, reports } = await routeOnce(create, [provider, second], { signal: controller.signal });
      const finished = finish();
      finished.catch(() => {}); // asserted below
      await until(() => provider.running === 1);
      controller.abort(new Error("gone"));
      await assert.rejects(finished);
      assert.equal(second.requests.length, 0);
      assert.equal(reports[0]?.outcome, "aborted");
    },
  },
];
