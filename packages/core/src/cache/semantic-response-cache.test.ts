import { describe, expect, it } from "vitest";
import type { Embedder } from "../search/embedder.js";
import { hashingEmbedder } from "../search/hashing-embedder.js";
import { manualClock } from "../testing/manual-clock.js";
import { problemsOf } from "../testing/problems-of.js";
import { memoryResponseCache } from "./memory-response-cache.js";
import type { CacheKey } from "./response-cache.js";
import { responseCacheContract } from "./response-cache-contract.js";
import { semanticResponseCache } from "./semantic-response-cache.js";

const signal = new AbortController().signal;
const hour = 3_600_000;

/** Every question means the same. */
const sameForAll: Embedder = { dimensions: 2, embed: (texts) => texts.map(() => new Float32Array([1, 0])) };

function questionOf(question: string, { partition = "acme", group = "chat" } = {}): CacheKey {
  return { partition, key: `${group}/${question}`, similar: { question, group } };
}

function cacheOver(embedder: Embedder, options: { embeddingUsd?: number; threshold?: number } = {}) {
  const clock = manualClock();
  const cache = semanticResponseCache({ embedder, clock, ...options });
  const look = async (key: CacheKey, pay?: (microUsd: number) => Promise<boolean>) =>
    cache.lookup(key, { signal, pay });
  async function put(key: CacheKey, text = key.key) {
    const lookup = await look(key);
    if (lookup.state === "miss") await lookup.store({ text }, hour);
  }
  /** What is served, or nothing; whoever misses gives up. */
  async function served(key: CacheKey) {
    const lookup = await look(key);
    if (lookup.state === "hit") return lookup.reply.text;
    await lookup.abandon();
    return undefined;
  }
  return { cache, clock, look, put, served };
}

describe("contract", () => {
  for (const { name, run } of responseCacheContract)
    it(name, () => run(({ clock }) => semanticResponseCache({ embedder: hashingEmbedder(), clock })));
});

describe("semanticResponseCache", () => {
  it("serves a question in other words, and says how near it is", async () => {
    const { look, put, cache } = cacheOver(hashingEmbedder());
    await put(questionOf("How do I cancel my subscription?"));
    const lookup = await look(questionOf("how can I cancel my subscription"));
    expect(lookup).toMatchObject({ state: "hit", reply: { text: "chat/How do I cancel my subscription?" } });
    expect(lookup.state === "hit" && lookup.similarity).toBeGreaterThan(0.85);
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 1 });
    expect(await look(questionOf("How do I cancel my subscription?"))).not.toHaveProperty("similarity");
  });

  it.each([
    ["Can I add 5 users?", "Can I add 6 users?"],
    ["What happens after 30 days?", "What happens after 90 days?"],
    ["Can I export my data?", "Can I not export my data?"],
    ["Can I export my data?", "Can't I export my data?"],
    ["How do I enable alerts?", "How do I disable alerts?"],
    ["Copy rows from Gmail to Slack", "Copy rows from Slack to Gmail"],
    ["How do I connect with Stripe?", "How do I connect with Zendesk?"],
    ["Is two enough?", "Is three enough?"],
    ["Kann ich das Konto löschen?", "Kann ich das Konto nicht löschen?"],
    ["Puis-je payer en euros ?", "Puis-je ne pas payer en euros ?"],
    ["Does it cost $5?", "Does it cost €5?"],
    ["Is a < b?", "Is a > b?"],
    ["Upgrade my plan", "Downgrade my plan"],
    ["copy rows from gmail to slack", "copy rows from slack to gmail"],
    ["convert csv to json", "convert json to csv"],
    ["How do I delete a workflow?", "Who can delete a workflow?"],
    ["How do I cancel?", "When do I cancel?"],
    ["Can I delete my account?", "Can I delete their account?"],
    ["Can I verify my domain?", "Must I verify my domain?"],
    ["Does the marketing team see the sales report?", "Does the support team see the sales report?"],
    ["What is 5²?", "What is 52?"],
    ["Does it work in C#?", "Does it work in C?"],
    ["如何取消订阅", "如何不取消订阅"],
    ["三个用户可以吗", "五个用户可以吗"],
    ["٣ مستخدمين مسموح؟", "٥ مستخدمين مسموح؟"],
    ["kann ich das drucken", "kann ich das drücken"],
    ["How do I charge my card?", "How does it charge my card?"],
    ["What can I export?", "What do I export?"],
    ["Who can see plan A?", "Who can see the plan?"],
    ["is the hepatitis a vaccine paid", "is the hepatitis vaccine paid"],
    ["anna owes bob", "bob owes anna"],
    ["можно удалить аккаунт", "нельзя удалить аккаунт"],
    ["비밀번호를 변경할 수 있나요", "비밀번호를 변경할 수 없나요"],
    ["ลบบัญชีได้ไหม", "ลบบัญชีไม่ได้ไหม"],
  ])("never serves the answer of %j to %j", async (stored, asked) => {
    const { put, served } = cacheOver(sameForAll);
    await put(questionOf(stored));
    expect(await served(questionOf(asked))).toBeUndefined();
    expect(await served(questionOf(stored))).toBe(`chat/${stored}`);
  });

  it("never serves another partition or another group, over 10,000 pairs", async () => {
    const { put, served } = cacheOver(sameForAll);
    const scopes = Array.from({ length: 100 }, (_, index) => ({
      partition: `tenant ${Math.floor(index / 10)}`,
      group: `task ${index % 10}`,
    }));
    for (const scope of scopes) await put(questionOf("what is it?", scope), JSON.stringify(scope));
    for (const scope of scopes)
      for (const other of scopes) {
        const text = await served(
          questionOf(`what is it, please? ${"?".repeat(scopes.indexOf(other))}`, scope),
        );
        expect(text).toBe(JSON.stringify(scope));
      }
  });

  it.each([
    ["How do I cancel my subscription?", "how can I cancel the subscription, please"],
    ["What does a workflow cost?", "Hello! what does a workflow cost, please"],
    ["How do I get my money back?", "refund policy for purchases"],
    ["如何取消订阅?", "如何取消订阅"],
  ])("serves the answer of %j to %j", async (stored, asked) => {
    const { put, served } = cacheOver(sameForAll);
    await put(questionOf(stored));
    expect(await served(questionOf(asked))).toBe(`chat/${stored}`);
  });

  it("never serves one of 2,000 sentences that differ in a word, and always one that is only worded otherwise", async () => {
    const { cache, put, served } = cacheOver(hashingEmbedder());
    const fill = [
      "export",
      "import",
      "delete",
      "share",
      "archive",
      "copy",
      "print",
      "sort",
      "filter",
      "merge",
    ];
    const things = [
      "sales",
      "support",
      "billing",
      "usage",
      "audit",
      "payroll",
      "traffic",
      "survey",
      "stock",
      "travel",
    ];
    const days = ["monday", "tuesday", "friday", "sunday"];
    const places = ["sheet", "folder", "channel", "drive", "calendar"];
    const sentences = fill.flatMap((verb) =>
      things.flatMap((thing) =>
        days.flatMap((day) =>
          places.map(
            (place) =>
              `${verb} the detailed ${thing} report of the last quarter every ${day} for a team ${place}`,
          ),
        ),
      ),
    );
    expect(sentences).toHaveLength(2_000);
    let wrong = 0;
    let right = 0;
    for (const sentence of sentences) {
      if ((await served(questionOf(`How do I ${sentence}?`))) !== undefined) wrong += 1;
      await put(questionOf(`How do I ${sentence}?`), sentence);
      if ((await served(questionOf(`Please, how can I ${sentence}`))) === sentence) right += 1;
    }
    expect({ wrong, right, hits: cache.stats().hits }).toEqual({ wrong: 0, right: 2_000, hits: 2_000 });
  }, 30_000);

  it("lets go of what is over", async () => {
    const { put, served, clock } = cacheOver(sameForAll);
    await put(questionOf("what is it?"));
    await clock.advance(hour);
    expect(await served(questionOf("please, what is it"))).toBeUndefined();
  });

  it("keeps so many questions and no more", async () => {
    const cache = semanticResponseCache({
      embedder: sameForAll,
      maxQuestions: 2,
      cache: memoryResponseCache({ maxEntries: 1 }),
    });
    for (const group of ["a", "b", "c"]) {
      const lookup = await cache.lookup(questionOf("what is it?", { group }), { signal });
      if (lookup.state === "miss") await lookup.store({ text: group }, hour);
    }
    const states = [];
    for (const group of ["a", "b", "c"]) {
      const lookup = await cache.lookup(questionOf("please, what is it", { group }), { signal });
      states.push(lookup.state);
      if (lookup.state === "miss") await lookup.abandon();
    }
    expect(states).toEqual(["miss", "hit", "hit"]);
  });

  it("goes on without vectors when the embedder fails or breaks its promise", async () => {
    const broken: readonly Embedder["embed"][] = [
      () => Promise.reject(new Error("503")),
      () => [],
      () => [new Float32Array([1])],
      () => [new Float32Array([Number.NaN, 0])],
    ];
    for (const embed of broken) {
      const { put, served } = cacheOver({ dimensions: 2, embed });
      await put(questionOf("what is it?"));
      expect(await served(questionOf("please, what is it"))).toBeUndefined();
      expect(await served(questionOf("what is it?"))).toBe("chat/what is it?");
    }
  });

  it("lets those who wait go on when the caller aborts while it embeds", async () => {
    const stop = new AbortController();
    const embedder: Embedder = {
      dimensions: 2,
      embed() {
        stop.abort();
        return Promise.reject(stop.signal.reason);
      },
    };
    const cache = semanticResponseCache({ embedder });
    const key = questionOf("what is it?");
    await expect(cache.lookup(key, { signal: stop.signal })).rejects.toMatchObject({ name: "AbortError" });
    const { similar: _, ...exactly } = key;
    expect(await cache.lookup(exactly, { signal })).toMatchObject({ state: "miss" });
  });

  it("pays for a vector before it is made, and asks for none that is not paid for", async () => {
    let embedded = 0;
    const embedder: Embedder = {
      dimensions: 2,
      embed(texts) {
        embedded += texts.length;
        return sameForAll.embed(texts);
      },
    };
    const { look } = cacheOver(embedder, { embeddingUsd: 0.1 });
    const asked: number[] = [];
    for (const granted of [false, true]) {
      const lookup = await look(questionOf(`what is it ${granted}?`), async (microUsd) => {
        asked.push(microUsd);
        return granted;
      });
      if (lookup.state === "miss") await lookup.abandon();
    }
    expect([asked, embedded]).toEqual([[2, 2], 1]);
  });

  it("refuses a threshold below 0.85, and lists every mistake", () => {
    const create = () =>
      semanticResponseCache({
        embedder: {} as Embedder,
        threshold: 0.5,
        embeddingUsd: -1,
        maxQuestions: 0,
      });
    expect(problemsOf(create)).toEqual([
      "embedder: must be an embedder",
      "threshold: must be 0.85 to 1; lower ones serve wrong answers",
      "embeddingUsd: must be 0 or more",
      "maxQuestions: must be a positive integer",
    ]);
    expect(() => semanticResponseCache({ embedder: sameForAll, threshold: 0.95 })).not.toThrow();
  });
});
