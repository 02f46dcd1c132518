import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnyTask } from "../../define-task.js";
import type { Caller } from "../../pipeline/task-call.js";
import { createSearchIndex } from "../../search/create-search-index.js";
import { localContext } from "../../testing/local-context.js";
import { intelligentSearchTask } from "./intelligent-search-task.js";
import type { ItemUse } from "./recommendations/item-use.js";
import { recommendationsTask } from "./recommendations/recommendations-task.js";
import type { SearchItem } from "./search-item.js";
import { semanticSearchTask } from "./semantic-search-task.js";

// Each hidden text holds a word that stands nowhere else, so that a leak of any part of a document shows.
const secretOf = (at: number) => `zzsecret${at}qq`;
const tenants = [undefined, "acme", "globex"];
const users = ["ann", "bob"];
const roles = ["admin", "sales"];

const access = fc.option(fc.record({ users: fc.subarray(users), roles: fc.subarray(roles) }), {
  nil: undefined,
});
const shape = fc.record({ tenantId: fc.constantFrom(...tenants), access });
const caller: fc.Arbitrary<Caller> = fc.record({
  tenantId: fc.constantFrom(...tenants),
  userId: fc.constantFrom(undefined, ...users),
  roles: fc.subarray(roles),
});

const itemOf = ({ tenantId, access }: Pick<SearchItem, "tenantId" | "access">, at: number): SearchItem => ({
  id: `${secretOf(at)}id`,
  title: `Invoice ${secretOf(at)}title`,
  text: `An invoice about hosting ${secretOf(at)}text`,
  type: at % 2 === 0 ? "invoice" : `${secretOf(at)}type`,
  status: at % 3 === 0 ? "open" : `${secretOf(at)}status`,
  owner: `${secretOf(at)}owner`,
  url: `/${secretOf(at)}url`,
  date: "2026-03-10",
  tenantId,
  access,
});

/** Written down once more, so that the index's own rule is not what it is tested by. */
function maySee(item: SearchItem, { tenantId, userId, roles = [] }: Caller): boolean {
  if (item.tenantId !== undefined && item.tenantId !== tenantId) return false;
  if (item.access === undefined) return true;
  const isUser = userId !== undefined && item.access.users?.includes(userId) === true;
  return isUser || roles.some((role) => item.access?.roles?.includes(role) === true);
}

const clock = { now: () => Date.UTC(2026, 2, 18) };

async function everythingSaid(items: readonly SearchItem[], who: Caller, hidden: readonly SearchItem[]) {
  const index = createSearchIndex({ documents: items });
  const uses: ItemUse[] = items.flatMap(({ id, tenantId }) =>
    ["x", "y", "z"].map((userId) => ({ userId, itemId: id, at: "2026-03-01", tenantId })),
  );
  const search = semanticSearchTask({ index });
  const intelligent = intelligentSearchTask({ index, clock });
  const recommendations = recommendationsTask({ index, clock, uses });
  const wrong = hidden.map(({ title = "" }) => title.replace("zzsecret", "zzsecrt")).join(" ");
  const asked: [AnyTask, object][] = [
    [search, { query: "invoice hosting" }],
    [search, { query: `${wrong} hosting` }],
    [intelligent, { query: "invoices about hosting" }],
    [intelligent, { query: "open invoices from last week" }],
    [intelligent, { query: "status:nothing" }],
    [recommendations, {}],
    [recommendations, { item_ids: items.slice(0, 20).map(({ id }) => id), limit: 20 }],
  ];
  const said: unknown[] = [];
  for (const [task, input] of asked) {
    const { prompt, local } = task;
    if (local === undefined) throw new Error("It has a local answer.");
    const asking = JSON.stringify(input);
    const spoken = [await local(input, localContext(who)), (await prompt(input, localContext(who))).system];
    // What the caller wrote may come back.
    said.push(asking.includes("zzsecr") && task !== recommendations ? withoutEcho(spoken, asking) : spoken);
  }
  return JSON.stringify(said);
}

function withoutEcho(spoken: readonly unknown[], asking: string): string {
  const words = new Set(asking.match(/[a-z0-9]+/giu)?.map((word) => word.toLowerCase()));
  return JSON.stringify(spoken).replace(/[a-z0-9]+/giu, (word) =>
    words.has(word.toLowerCase()) ? "" : word,
  );
}

describe("the search tasks", () => {
  it("say nothing of a document that the caller may not see, in answers and prompts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { minLength: 1, maxLength: 8 }), caller, async (shapes, who) => {
        const items = shapes.map(itemOf);
        const hidden = items.filter((item) => !maySee(item, who));
        const said = await everythingSaid(items, who, hidden);
        for (const [at, item] of items.entries()) {
          if (hidden.includes(item)) expect(said).not.toContain(`${secretOf(at)}`);
          else expect(said).toContain(`${secretOf(at)}id`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("read a misspelt word as no word of a hidden document", async () => {
    const index = createSearchIndex({
      documents: [
        { id: "open", text: "Hosting of the shop" },
        { id: "hidden", text: "Sauerkraut for the shop", tenantId: "acme" },
      ],
    });
    const asked = (who: Caller) =>
      semanticSearchTask({ index }).local?.({ query: "saurkraut" }, localContext(who));
    expect(await asked({ tenantId: "acme" })).toMatchObject({
      corrections: [{ from: "saurkraut", to: "sauerkraut" }],
    });
    expect(await asked({ tenantId: "globex" })).toMatchObject({ corrections: [], results: [] });
  });

  it("answer as if hidden documents did not exist", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { minLength: 1, maxLength: 8 }), caller, async (shapes, who) => {
        const items = shapes.map(itemOf);
        const visible = items.filter((item) => maySee(item, who));
        expect(await everythingSaid(items, who, [])).toBe(await everythingSaid(visible, who, []));
      }),
      { numRuns: 40 },
    );
  });
});
