import type { Caller } from "../pipeline/task-call.js";
import { type AccessRuleOfDocument, accessKeyOf, maySee } from "./document-access.js";

/** Documents that the same callers see: whether somebody does is decided once for all of them. */
interface AccessGroup {
  readonly rule: AccessRuleOfDocument;
  count: number;
  words: number;
}

/** What one caller sees of all groups. */
interface VisibleGroups {
  /** Whether the group with this number is among them. */
  readonly visible: readonly boolean[];
  /** How many documents they hold. */
  readonly count: number;
  /** How many words these have. */
  readonly words: number;
}

/** Groups by number. */
export interface AccessGroups {
  /** The number of the rule's group. The rule is copied: changing a document's lists later must not open it. */
  groupOf(rule: AccessRuleOfDocument): number;
  ruleOf(group: number): AccessRuleOfDocument | undefined;
  /** Says that a group has so many more, or fewer, documents and words. */
  change(group: number, count: number, words: number): void;
  visibleTo(caller: Caller | undefined): VisibleGroups;
}

/** No groups yet. */
export function createAccessGroups(): AccessGroups {
  const groups: AccessGroup[] = [];
  const numbers = new Map<string, number>();
  return {
    groupOf(rule) {
      const key = accessKeyOf(rule);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, groups.length);
      return groups.push({ rule: copyOf(rule), count: 0, words: 0 }) - 1;
    },
    ruleOf: (group) => groups[group]?.rule,
    change(group, count, words) {
      const changed = groups[group];
      if (changed === undefined) return;
      changed.count += count;
      changed.words += words;
    },
    visibleTo(caller) {
      const visible = groups.map(({ rule, count }) => count > 0 && maySee(rule, caller));
      const seen = groups.filter((_, group) => visible[group]);
      return {
        visible,
        count: seen.reduce((sum, { count }) => sum + count, 0),
        words: seen.reduce((sum, { words }) => sum + words, 0),
      };
    },
  };
}

function copyOf({ tenantId, access }: AccessRuleOfDocument): AccessRuleOfDocument {
  const copy = access && { users: [...(access.users ?? [])], roles: [...(access.roles ?? [])] };
  return { tenantId, access: copy };
}
