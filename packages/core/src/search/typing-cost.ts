/** Letters that sound alike, or that writers take for one another. */
const soundGroups = ["aeiouy", "ckqsx", "sz", "fvpw", "gj", "dt", "mn", "iyj", "bpv", "lr"];
const keyboardRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

const cost = {
  sound: 0.75,
  neighbourKey: 0.85,
  otherLetter: 1.1,
  swap: 0.7,
  doubled: 0.5,
  lostVowel: 0.85,
  lostLetter: 1,
  /** On top, at the first letter: people seldom get it wrong. */
  firstLetter: 0.5,
  /** For an ending that is silent or often mixed up ("e", "s"). */
  ending: 0.7,
} as const;

const closeness = new Map<string, number>([
  ...keyboardPairs().map((pair): [string, number] => [pair, cost.neighbourKey]),
  ...soundGroups.flatMap((group) =>
    [...group].flatMap((left) => [...group].map((right): [string, number] => [left + right, cost.sound])),
  ),
]);
const vowels = /^[aeiouyh]$/;

/**
 * How unlikely it is that somebody wrote `typed` for `meant`: 0 is the word itself, about 1 a letter. Slips that people
 * make often (a doubled letter, neighbours swapped, one vowel for another) cost less.
 */
export function typingCost(typed: string, meant: string): number {
  let before: number[] = [];
  let last: number[] = [0];
  for (let to = 1; to <= meant.length; to++) last.push((last[to - 1] ?? 0) + lossAt(meant, to - 1));
  for (let from = 1; from <= typed.length; from++) {
    const row = [(last[0] ?? 0) + lossAt(typed, from - 1)];
    for (let to = 1; to <= meant.length; to++) {
      const [left, right] = [typed.charAt(from - 1), meant.charAt(to - 1)];
      const changed =
        left === right ? 0 : changeOf(left, right) + (from === 1 && to === 1 ? cost.firstLetter : 0);
      let best = Math.min(
        (last[to - 1] ?? 0) + changed,
        (last[to] ?? 0) + lossAt(typed, from - 1),
        (row[to - 1] ?? 0) + lossAt(meant, to - 1),
      );
      if (left !== right && left === meant.charAt(to - 2) && right === typed.charAt(from - 2)) {
        best = Math.min(best, (before[to - 2] ?? 0) + cost.swap);
      }
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[meant.length] ?? 0;
}

const changeOf = (left: string, right: string) => closeness.get(left + right) ?? cost.otherLetter;

/** What it costs that a letter of one word is missing in the other. */
function lossAt(word: string, at: number): number {
  const letter = word.charAt(at);
  if (letter === word.charAt(at - 1) || letter === word.charAt(at + 1)) return cost.doubled;
  if (at === 0) return cost.lostLetter + cost.firstLetter;
  if (at === word.length - 1 && (letter === "e" || letter === "s")) return cost.ending;
  return vowels.test(letter) ? cost.lostVowel : cost.lostLetter;
}

function keyboardPairs(): string[] {
  return keyboardRows.flatMap((row, index) =>
    [...row].flatMap((key, at) => {
      const below = keyboardRows[index + 1] ?? "";
      const near = [row.charAt(at + 1), below.charAt(at), below.charAt(at - 1)].filter(
        (other) => other !== "",
      );
      return near.flatMap((other) => [key + other, other + key]);
    }),
  );
}
