import assert from "node:assert/strict";
import type { ContractCase } from "../testing/contract-case.js";
import { eventsOf, finishOf, rejectsWith, textOf, wayOf } from "../testing/provider-call.js";
import type { Conversation, ProviderEvent, ToolCall, ToolDefinition } from "./provider.js";
import type { CreateProvider, ProviderScenario } from "./provider-contract.js";

const tools: readonly ToolDefinition[] = [
  {
    name: "weather",
    description: "Today's weather in a city.",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
  { name: "now", parameters: { type: "object", properties: {} } },
];

/** Quotes, a backslash, a line feed and a character of two code units, so that a piece can end inside of each. */
const city = 'Zürich "West" \\ \n 😀';
const cityJson = JSON.stringify({ city });

const inPieces = (id: string, name: string, pieces: readonly string[]) => ({ id, name, pieces });
const twoCalls: ProviderScenario = {
  kind: "tool-calls",
  text: "I look.",
  calls: [inPieces("call_1", "weather", ['{"city"', ':"Oslo"}']), inPieces("call_2", "now", ["{}"])],
};
const oneCall = (pieces: readonly string[], ends?: "limit" | "cut"): ProviderScenario => ({
  kind: "tool-calls",
  text: "",
  calls: [inPieces("call_1", "weather", pieces)],
  ends,
});

/** The complete calls of a reply, after checking the order and the sum of their events. */
function callsOf(events: readonly ProviderEvent[]): ToolCall[] {
  const names = new Map<string, string>();
  const texts = new Map<string, string>();
  const calls: ToolCall[] = [];
  for (const event of events) {
    if (event.type === "tool-call-start") {
      assert.ok(!names.has(event.id), "a call starts twice");
      names.set(event.id, event.name);
      texts.set(event.id, "");
    } else if (event.type === "tool-call-delta") {
      assert.ok(texts.has(event.id), "a delta without a start, or after its end");
      texts.set(event.id, `${texts.get(event.id)}${event.delta}`);
    } else if (event.type === "tool-call-end") {
      assert.equal(event.name, names.get(event.id));
      assert.equal(event.arguments, texts.get(event.id), "the deltas are not the arguments");
      texts.delete(event.id);
      calls.push({ id: event.id, name: event.name, arguments: event.arguments });
    }
  }
  return calls;
}

function yields(
  name: string,
  scenario: ProviderScenario,
  check: (calls: readonly ToolCall[], events: readonly ProviderEvent[]) => void,
) {
  return (incremental: boolean): ContractCase<CreateProvider> => ({
    name: `${name} (${wayOf(incremental)})`,
    async run(create) {
      const events = await eventsOf(await create(scenario), { incremental, tools });
      check(callsOf(events), events);
    },
  });
}

const yieldsTwoCalls = yields("yields text and two tool calls", twoCalls, (calls, events) => {
  assert.equal(textOf(events), "I look.");
  assert.deepEqual(
    calls.map(({ id, name, arguments: text }) => [id, name, JSON.parse(text)]),
    [
      ["call_1", "weather", { city: "Oslo" }],
      ["call_2", "now", {}],
    ],
  );
  assert.equal(finishOf(events).reason, "tool-calls");
  assert.equal(finishOf(events).usage?.source, "reported");
});

const yieldsEmptyObject = yields("gives {} when the model wrote no arguments", oneCall([]), (calls) => {
  assert.deepEqual(calls, [{ id: "call_1", name: "weather", arguments: "{}" }]);
});

const keepsCutCallOpen = yields(
  "does not end a call that the token limit cut",
  oneCall(['{"ci'], "limit"),
  (calls, events) => {
    assert.deepEqual(calls, []);
    assert.equal(events.filter(({ type }) => type === "tool-call-start").length, 1);
    assert.equal(finishOf(events).reason, "length");
  },
);

const joinsAnyPieces = yields(
  "joins arguments that were cut anywhere",
  oneCall(["", ...cityJson.split("")]),
  ([call]) => assert.deepEqual(JSON.parse(call?.arguments ?? ""), { city }),
);

const streamsPieces = yields(
  "yields arguments as they arrive",
  oneCall(['{"city"', ':"Oslo"}']),
  (_, events) =>
    assert.deepEqual(
      events.flatMap((event) => (event.type === "tool-call-delta" ? [event.delta] : [])),
      ['{"city"', ':"Oslo"}'],
    ),
);

const passesBrokenJson = yields(
  "passes arguments that are no JSON on as text",
  oneCall(["{city: ", "Oslo"]),
  (calls) => assert.equal(calls[0]?.arguments, "{city: Oslo"),
);

const conversation: Conversation = {
  system: "Be brief.",
  messages: [
    { role: "user", content: "Weather in Oslo, and the time?" },
    {
      role: "assistant",
      content: "",
      toolCalls: [
        { id: "call_1", name: "weather", arguments: '{"city":"Oslo"}' },
        { id: "call_2", name: "now", arguments: "not JSON" },
      ],
    },
    { role: "tool", toolCallId: "call_1", content: "rain" },
    { role: "tool", toolCallId: "call_2", content: "no clock", isError: true },
  ],
};

const continues = (incremental: boolean): ContractCase<CreateProvider> => ({
  name: `answers a conversation with calls and results (${wayOf(incremental)})`,
  async run(create) {
    const provider = await create({ kind: "reply", pieces: ["It ", "rains."] });
    const events = await eventsOf(provider, { incremental, tools, prompt: conversation });
    assert.equal(textOf(events), "It rains.");
    assert.deepEqual(callsOf(events), []);
    assert.equal(finishOf(events).reason, "stop");
  },
});

/** What a provider promises of tool calls. */
export const toolCallContract: readonly ContractCase<CreateProvider>[] = [
  yieldsTwoCalls(false),
  yieldsTwoCalls(true),
  yieldsEmptyObject(false),
  yieldsEmptyObject(true),
  keepsCutCallOpen(false),
  keepsCutCallOpen(true),
  joinsAnyPieces(false),
  joinsAnyPieces(true),
  streamsPieces(true),
  passesBrokenJson(true),
  continues(false),
  continues(true),
  {
    name: "turns a stream that ends inside a tool call into provider_cut",
    run: async (create) =>
      rejectsWith(
        "provider_cut",
        eventsOf(await create(oneCall(['{"ci'], "cut")), { incremental: true, tools }),
      ),
  },
];
