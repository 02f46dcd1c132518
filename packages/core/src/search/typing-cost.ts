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

const alphabet = 32;
/** What it costs to write one letter for another, by the places of both in the alphabet. */
const changeCosts = new Float64Array(alphabet * alphabet).fill(cost.otherLetter);
for (const pair of keyboardPairs()) setChangeCost(pair, cost.neighbourKey);
for (const group of soundGroups) {
  for (const left of group) for (const right of group) setChangeCost(left + right, cost.sound);
}
const weakLetters = "aeiouyh";

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
      const isSame = typed[from - 1] === meant[to - 1];
      const first = from === 1 && to === 1 ? cost.firstLetter : 0;
      const changed = isSame ? 0 : changeOf(placeOf(typed, from - 1), placeOf(meant, to - 1)) + first;
      let best = Math.min(
        (last[to - 1] ?? 0) + changed,
        (last[to] ?? 0) + lossAt(typed, from - 1),
        (row[to - 1] ?? 0) + lossAt(meant, to - 1),
      );
      if (!isSame && from > 1 && typed[from - 1] === meant[to - 2] && typed[from - 2] === meant[to - 1]) {
        best = Math.min(best, (before[to - 2] ?? 0) + cost.swap);
      }
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[meant.length] ?? 0;
}

const changeOf = (left: number, right: number) => changeCosts[left * alphabet + right] ?? cost.otherLetter;

function setChangeCost(pair: string, value: number): void {
  changeCosts[placeOf(pair, 0) * alphabet + placeOf(pair, 1)] = value;
}

/** 1 to 26 for a to z, else 0: letters of other alphabets are never close. */
function placeOf(word: string, at: number): number {
  const place = word.charCodeAt(at) - 96;
  return place > 0 && place <= 26 ? place : 0;
}

/** What it costs that a letter of one word is missing in the other. */
function lossAt(word: string, at: number): number {
  const letter = word.charAt(at);
  if (letter === word.charAt(at - 1) || letter === word.charAt(at + 1)) return cost.doubled;
  if (at === 0) return cost.lostLetter + cost.firstLetter;
  if (at === word.length - 1 && (letter === "e" || letter === "s")) return cost.ending;
  return weakLetters.includes(letter) ? cost.lostVowel : cost.lostLetter;
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
