import { invalidConfig } from "../errors/invalid-config.js";
import { stem } from "./stem.js";
import { tokenize } from "./tokenize.js";

/** Words that stand for one another in questions about software, its code and its price. */
const builtInGroups = [
  "price cost pricing fee charge",
  "yearly annual annually",
  "cancel terminate quit",
  "refund reimburse",
  "bill invoice receipt",
  "login signin authenticate",
  "register signup",
  "authentication auth",
  "authorization permission access",
  "disable deactivate",
  "enable activate",
  "delete remove erase drop",
  "create make build generate",
  "fetch retrieve get obtain",
  "check verify validate test",
  "find search lookup locate",
  "convert transform parse translate",
  "print display show",
  "start begin launch",
  "stop end halt finish",
  "combine merge join concatenate",
  "append add insert",
  "count number size length",
  "edit change modify update",
  "directory folder dir",
  "parameter argument param arg",
  "function method func",
  "string str text",
  "integer int number",
  "configuration config setting option",
  "environment env",
  "database db",
  "document doc",
  "error exception failure",
  "message msg",
  "request req",
  "response reply res",
  "image picture photo",
  "upload send",
  "compress zip",
  "random shuffle",
  "array list",
  "dictionary dict map",
  "duplicate copy clone",
  "javascript js",
  "typescript ts",
  "python py",
  "repository repo",
  "application app",
  "asynchronous async",
  "synchronous sync",
  "regex regexp pattern",
  "install setup",
  "integrate connect integration",
  "team member colleague",
  "limit quota maximum max",
  "minimum min",
  "average mean avg",
  "fast quick",
] as const;

/** Stem → the stems that mean much the same, without itself. */
export type SynonymTable = ReadonlyMap<string, readonly string[]>;

/**
 * The built-in groups and these: words of one group stand for one another.
 *
 * @throws `invalid_config` for a group that is no list of single words
 */
export function createSynonyms(groups: readonly (readonly string[])[] = []): SynonymTable {
  const problems = groups.flatMap((group: unknown, at) =>
    Array.isArray(group) && group.every((word) => stemOfWord(word) !== undefined)
      ? []
      : [`synonyms.${at}: must be a list of single words`],
  );
  if (problems.length > 0) throw invalidConfig("Search index", problems);
  const table = new Map<string, readonly string[]>();
  for (const group of [...builtInGroups.map((words) => words.split(" ")), ...groups]) {
    const stems = [...new Set(group.flatMap((word) => stemOfWord(word) ?? []))];
    for (const each of stems) {
      const others = stems.filter((other) => other !== each);
      table.set(each, [...new Set([...(table.get(each) ?? []), ...others])]);
    }
  }
  return table;
}

/** A word as the index writes it, "e-mail" in one piece; nothing for several words. */
function stemOfWord(word: unknown): string | undefined {
  const tokens = typeof word === "string" ? tokenize(word) : [];
  const last = tokens.at(-1); // the compound, if there is one
  const isOne = last !== undefined && tokens.every(({ start }) => last.start <= start);
  return isOne ? stem(last.word) : undefined;
}
