import type { Caller } from "../../../pipeline/task-call.js";
import { isoTimeMs } from "../calendar-day.js";
import { compareValues } from "../compare-values.js";
import type { ItemIndex } from "../item-index.js";
import { titleOf } from "../item-summary.js";
import type { SearchItem } from "../search-item.js";
import { createClosestItemFinder } from "./closest-item.js";
import { recommendationReason } from "./recommendation-reason.js";
import {
  type Evidence,
  type EvidenceKind,
  fuseEvidence,
  likenessAt,
  recencyOf,
} from "./recommendation-score.js";
import type { RecommendationsInput } from "./recommendations-schema.js";
import { type UsageFacts, usageFacts } from "./usage-facts.js";
import type { UseTable } from "./use-table.js";

/** For whom, and from what. */
export interface RecommendationRun {
  readonly index: ItemIndex;
  readonly usesOf: (caller: Caller) => UseTable | Promise<UseTable>;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

/** An item that is recommended. */
export interface RankedItem {
  readonly item: SearchItem;
  readonly score: number;
  readonly reason: string;
}

/** What the recommended items should go with. */
interface Seeds {
  readonly items: readonly SearchItem[];
  /** Whether the request named them; what has nothing to do with those is left out. */
  readonly areGiven: boolean;
}

interface Scored {
  readonly item: SearchItem;
  readonly score: number;
  readonly strongest: EvidenceKind | undefined;
}

const mostSeeds = 20;
const mostSimilar = 100;

/** The best items for what is given, else for what the caller used, else the latest and most popular ones. */
export async function rankRecommendations(
  run: RecommendationRun,
  input: RecommendationsInput,
  most: number,
): Promise<RankedItem[]> {
  const { index, caller } = run;
  const facts = usageFacts(await run.usesOf(caller), caller.userId);
  const seeds = chooseSeeds(run, facts, input.item_ids ?? []);
  const known = new Set([...(input.item_ids ?? []), ...facts.own]);
  const candidates = [...index.documents({ caller })].filter(({ id }) => !known.has(id));
  const likeness = await likenessOf(run, seeds, known);
  const evidenceOf = evidenceReader(run, { facts, seeds, likeness, candidates });
  const ranked = candidates
    .map((item) => ({ item, evidence: evidenceOf(item) }))
    .filter(({ evidence }) => !seeds.areGiven || evidence.content > 0 || evidence.together > 0)
    .map(
      ({ item, evidence }): Scored => ({
        item,
        ...fuseEvidence(evidence, seeds.items.length > 0 ? "related" : "unrelated"),
      }),
    )
    .sort((left, right) => right.score - left.score || compareValues(left.item.id, right.item.id))
    .slice(0, most);
  const closestOf = createClosestItemFinder(seeds.items);
  return ranked.map((each) => ({ ...each, reason: reasonFor(run, { each, seeds, facts, closestOf }) }));
}

function chooseSeeds({ index, caller }: RecommendationRun, facts: UsageFacts, ids: readonly string[]): Seeds {
  const visible = (wanted: readonly string[]) =>
    [...new Set(wanted)].flatMap((id) => index.get(id, { caller }) ?? []).slice(0, mostSeeds);
  const given = visible(ids);
  return given.length > 0 ? { items: given, areGiven: true } : { items: visible(facts.own), areGiven: false };
}

async function likenessOf(
  { index, caller, signal }: RecommendationRun,
  { items }: Seeds,
  known: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  if (items.length === 0) return new Map();
  const ids = items.map(({ id }) => id);
  const where = ({ id }: SearchItem) => !known.has(id);
  const hits = await index.similar(ids, { limit: mostSimilar, caller, signal, where });
  return new Map(hits.map(({ id }, place) => [id, likenessAt(place)]));
}

function evidenceReader(
  { nowMs }: RecommendationRun,
  from: {
    readonly facts: UsageFacts;
    readonly seeds: Seeds;
    readonly likeness: ReadonlyMap<string, number>;
    readonly candidates: readonly SearchItem[];
  },
): (item: SearchItem) => Evidence {
  const { facts, seeds, likeness, candidates } = from;
  const counts = candidates.map(({ id }) => facts.userCount(id));
  const companions = seeds.items.map(({ id }) => facts.usedWith(id));
  const mostUsers = counts.reduce((most, count) => Math.max(most, count), 0);
  return (item) => {
    const users = facts.userCount(item.id);
    const latestMs = Math.max(dateMsOf(item), facts.sharedUseMs(item.id) ?? Number.NEGATIVE_INFINITY);
    return {
      content: likeness.get(item.id) ?? 0,
      together: companions.reduce((most, each) => Math.max(most, each.get(item.id) ?? 0), 0),
      recency: recencyOf(nowMs - latestMs),
      popularity: mostUsers === 0 ? 0 : Math.log1p(users) / Math.log1p(mostUsers),
    };
  };
}

const dates = new WeakMap<SearchItem, number>();

function dateMsOf(item: SearchItem): number {
  const known = dates.get(item);
  if (known !== undefined) return known;
  const timeMs = (item.date === undefined ? undefined : isoTimeMs(item.date)) ?? Number.NEGATIVE_INFINITY;
  dates.set(item, timeMs);
  return timeMs;
}

/** A ranked item, and what it was ranked by. */
interface Ranking {
  readonly each: Scored;
  readonly seeds: Seeds;
  readonly facts: UsageFacts;
  readonly closestOf: (item: SearchItem) => SearchItem | undefined;
}

function reasonFor({ nowMs, caller }: RecommendationRun, about: Ranking): string {
  const { item, strongest } = about.each;
  const dateMs = dateMsOf(item);
  const isFreshByDate = dateMs >= (about.facts.sharedUseMs(item.id) ?? Number.NEGATIVE_INFINITY);
  const other = companionOf(about);
  return recommendationReason({
    strongest,
    otherTitle: other && titleOf(other),
    ageMs: isFreshByDate ? nowMs - dateMs : undefined,
    isTeam: caller.tenantId !== undefined,
  });
}

/** The seed that speaks for the item: the closest one, or the one most often used with it. */
function companionOf({
  each: { item, strongest },
  seeds,
  facts,
  closestOf,
}: Ranking): SearchItem | undefined {
  const [first, ...more] = seeds.items;
  if (first === undefined) return undefined;
  if (strongest !== "together") return closestOf(item);
  const usedWith = facts.usedWith(item.id);
  const togetherWith = ({ id }: SearchItem) => usedWith.get(id) ?? 0;
  return more.reduce((best, seed) => (togetherWith(seed) > togetherWith(best) ? seed : best), first);
}
