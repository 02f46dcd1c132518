import assert from "node:assert/strict";
import * as z from "zod";
import { type AnyTask, defineTask } from "../define-task.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { ContractCase } from "../testing/contract-case.js";
import type { OutputReader, RawReply } from "./output-reader.js";

/** Makes a reader. */
export type CreateOutputReader = () => OutputReader;

const textTask = defineTask({
  name: "say",
  input: z.object({}),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  prompt: () => ({ messages: [] }),
});
const toolTask = defineTask({
  name: "act",
  input: z.object({}),
  output: z.object({ said: z.string(), calls: z.array(z.looseObject({ id: z.string() })) }),
  textField: "said",
  toolCallsField: "calls",
  allow: "anyone",
  prompt: () => ({ messages: [] }),
});
const objectTask = defineTask({
  name: "score",
  input: z.object({}),
  output: z.object({ email: z.email(), score: z.int().min(0).max(10) }),
  allow: "anyone",
  prompt: () => ({ messages: [] }),
  check: ({ score }) => (score === 7 ? "seven is not allowed" : undefined),
});

const context = { caller: {}, signal: new AbortController().signal };
const keep = <Value>(value: Value) => value;
const address = 'a"b@example.com';
/** Puts one address back in a text that is JSON, as a masker would. */
const restoreJson = (text: string) => text.replaceAll("[EMAIL_0001]", 'a\\"b@example.com');
/** The same in strings at any depth. */
const restore = <Value>(value: Value): Value => JSON.parse(restoreJson(JSON.stringify(value)));
const asIs = { restore: keep, restoreJson: keep, context };
const restoring = { restore, restoreJson, context };

function refuses(name: string, text: string): ContractCase<CreateOutputReader> {
  return {
    name,
    async run(create) {
      const reading = create().read({ task: objectTask, input: {}, reply: { text }, ...asIs });
      await assert.rejects(reading, (error) => {
        assert.ok(isGatewayError(error, "invalid_output"));
        assert.ok(!error.message.includes("CANARY"), "the message quotes the reply");
        assert.ok(!String(error.cause).includes("CANARY"), "the cause quotes the reply");
        return true;
      });
    },
  };
}

/** What every output reader promises. */
export const outputReaderContract: readonly ContractCase<CreateOutputReader>[] = [
  {
    name: "puts plain text into the task's text field",
    async run(create) {
      const reply = { text: "Hello {there}" };
      assert.deepEqual(await create().read({ task: textTask, input: {}, reply, ...asIs }), {
        reply: reply.text,
      });
    },
  },
  {
    name: "reads JSON, also in a code fence",
    async run(create) {
      for (const text of [
        '{"email":"a@b.co","score":3}',
        'Here:\n```json\n{"email":"a@b.co","score":3}\n```',
      ]) {
        const output = await create().read({
          task: objectTask,
          input: {},
          reply: { text },
          ...asIs,
        });
        assert.deepEqual(output, { email: "a@b.co", score: 3 });
      }
    },
  },
  {
    name: "restores masked values after parsing and before validating",
    async run(create) {
      const loose = { ...objectTask, output: z.object({ email: z.string().includes("@"), score: z.int() }) };
      const reply = { text: '{"email":"[EMAIL_0001]","score":3}' };
      const output = await create().read({ task: loose, input: {}, reply, ...restoring });
      assert.deepEqual(output, { email: 'a"b@example.com', score: 3 });
    },
  },
  {
    name: "takes a value that needs no parsing",
    async run(create) {
      const reply = { value: { email: "a@b.co", score: 3 }, text: "ignored" };
      assert.deepEqual(await create().read({ task: objectTask, input: {}, reply, ...asIs }), reply.value);
    },
  },
  {
    name: "completes what a model wrote, restored and validated, and leaves a local answer as it is",
    async run(create) {
      const task = defineTask({
        name: "find",
        input: z.object({}),
        output: z.object({ found: z.string() }),
        modelOutput: z.object({ query: z.string().includes("@") }),
        complete: ({ query }, _input, { caller }) => ({ found: `${query} for ${caller.userId}` }),
        allow: "anyone",
        prompt: () => ({ messages: [] }),
      });
      const reading = { task, input: {}, ...restoring, context: { ...context, caller: { userId: "u1" } } };
      const written = await create().read({ ...reading, reply: { text: '{"query":"[EMAIL_0001]"}' } });
      assert.deepEqual(written, { found: 'a"b@example.com for u1' });
      assert.deepEqual(await create().read({ ...reading, reply: { value: { found: "here" } } }), {
        found: "here",
      });
      const misfit = create().read({ ...reading, reply: { text: '{"query":"none"}' } });
      await assert.rejects(misfit, (error) => isGatewayError(error, "invalid_output"));
    },
  },
  {
    name: "puts tool calls beside the text, their arguments restored as JSON",
    async run(create) {
      const call = { id: "1", name: "send", arguments: '{"to":"[EMAIL_0001]"}' };
      const read = (reply: RawReply) => create().read({ task: toolTask, input: {}, reply, ...restoring });
      const sent = [{ ...call, arguments: '{"to":"a\\"b@example.com"}' }];
      assert.deepEqual(await read({ text: "Sending.", toolCalls: [call] }), {
        said: "Sending.",
        calls: sent,
      });
      assert.deepEqual(await read({ text: "", toolCalls: [call] }), { said: "", calls: sent });
      assert.deepEqual(await read({ text: "Done." }), { said: "Done.", calls: [] });
      assert.deepEqual(await read({ value: { said: "Local.", calls: [] } }), { said: "Local.", calls: [] });
      await assert.rejects(read({ text: "" }), (error) => isGatewayError(error, "invalid_output"));
    },
  },
  refuses("refuses text that is not JSON", "CANARY is not JSON"),
  refuses("refuses JSON that is cut", '{"email":"CANARY'),
  refuses("refuses JSON that breaks off in what is not needed", '{"email":"a@b.co","score":3,"note":"CANARY'),
  {
    name: "takes of a reply that was cut off what is whole, when it fits",
    async run(create) {
      const reading = { task: objectTask, input: {}, ...asIs };
      const cut = { text: '{"email":"a@b.co","score":3,"note":"nev', cutOff: true } as const;
      assert.deepEqual(await create().read({ ...reading, reply: cut }), { email: "a@b.co", score: 3 });
      const lost = create().read({
        ...reading,
        reply: { text: '{"email":"a@b.co","score":1', cutOff: true },
      });
      await assert.rejects(lost, (error) => isGatewayError(error, "invalid_output"));
    },
  },
  {
    name: "names the places that do not fit, for the model",
    async run(create) {
      const reply = { text: '{"email":"CANARY","score":11}' };
      const reading = create().read({ task: objectTask, input: {}, reply, ...asIs });
      await assert.rejects(reading, {
        cause: { places: [["email"], ["score"]] },
        message: /at: email, score$/,
      });
    },
  },
  refuses("refuses JSON that does not fit the schema", '{"email":"CANARY","score":11}'),
  refuses("refuses what the task's own check refuses", '{"email":"a@b.co","score":7}'),
  {
    name: "refuses an empty text",
    async run(create) {
      const reading = create().read({
        task: textTask,
        input: {},
        reply: { text: " \n" },
        ...asIs,
      });
      await assert.rejects(reading, (error) => isGatewayError(error, "invalid_output"));
    },
  },
  {
    name: "shows of an unfinished object what is whole and fits, restored, or nothing",
    async run(create) {
      const text = '```json\n{"email":"[EMAIL_0001]","score":30}';
      const loose = { ...objectTask, output: z.object({ email: z.string().includes("@"), score: z.int() }) };
      const strict = { ...objectTask, output: z.object({ email: z.string(), score: z.int().max(10) }) };
      for (let end = 0; end <= text.length; end += 1) {
        const reading = { input: {}, text: text.slice(0, end), ...restoring };
        const {
          email = address,
          score = 30,
          ...more
        } = (await create().readPartial({ ...reading, task: loose })) ?? {};
        assert.deepEqual({ email, score, more }, { email: address, score: 30, more: {} }, `at ${end}`);
        const unfit = await create().readPartial({ ...reading, task: strict });
        assert.equal(unfit?.score, undefined, `at ${end}`);
      }
    },
  },
  {
    name: "shows of what a model wrote nothing but whole outputs",
    async run(create) {
      const task = defineTask({
        name: "pick",
        input: z.object({}),
        output: z.object({ picked: z.array(z.string()), count: z.int() }),
        modelOutput: z.object({ ids: z.array(z.string()) }),
        complete: ({ ids }) => ({ picked: ids.map((id) => `item ${id}`), count: ids.length }),
        allow: "anyone",
        prompt: () => ({ messages: [] }),
      });
      const text = '{"ids":["1","2","3"]}';
      for (let end = 0; end <= text.length; end += 1) {
        const reading = { task, input: {}, text: text.slice(0, end), ...asIs };
        const shown = await create().readPartial(reading);
        if (shown === undefined) continue;
        assert.equal(shown.picked?.length, shown.count, `at ${end}`);
        assert.deepEqual(shown.picked, ["item 1", "item 2", "item 3"].slice(0, shown.count));
      }
    },
  },
  {
    name: "shows nothing before the end of a text task, or of what is no JSON",
    async run(create) {
      const read = (task: AnyTask, text: string) => create().readPartial({ task, input: {}, text, ...asIs });
      assert.equal(await read(textTask, '{"reply":"x","more":"y"}'), undefined);
      for (const text of [
        "",
        "Hello {there}",
        '{"email"',
        '{"email" "CANARY"',
        '{"email":"a@b.co"}{"score":1}',
      ])
        assert.equal(await read(objectTask, text), undefined, text);
    },
  },
];
