import { describe, expect, it } from "vitest";
import { stem } from "./stem.js";
import { createVocabulary } from "./vocabulary.js";

function vocabularyOf(words: string) {
  const vocabulary = createVocabulary();
  for (const word of words.split(" ")) vocabulary.add(word, stem(word));
  return vocabulary;
}
const known = vocabularyOf(
  "necessary definitely separate receive believe calendar environment argument accommodate address beginning " +
    "committee convenient database deadline embarrass existence foreign government guarantee height immediate " +
    "independent language license maintenance occurrence password permission privilege questionnaire recommend " +
    "reference relevant response schedule successful tomorrow until weird writing from form house horse",
);

describe("repairsOf", () => {
  it.each([
    ["neccessary", "necessary"],
    ["definately", "definitely"],
    ["seperate", "separate"],
    ["recieve", "receive"],
    ["beleive", "believe"],
    ["calender", "calendar"],
    ["enviroment", "environment"],
    ["arguement", "argument"],
    ["acommodate", "accommodate"],
    ["adress", "address"],
    ["begining", "beginning"],
    ["comittee", "committee"],
    ["convinient", "convenient"],
    ["databse", "database"],
    ["embarass", "embarrass"],
    ["existance", "existence"],
    ["foriegn", "foreign"],
    ["goverment", "government"],
    ["garantee", "guarantee"],
    ["hieght", "height"],
    ["imediate", "immediate"],
    ["independant", "independent"],
    ["langauge", "language"],
    ["maintainance", "maintenance"],
    ["occurence", "occurrence"],
    ["pasword", "password"],
    ["priviledge", "privilege"],
    ["recomend", "recommend"],
    ["refrence", "reference"],
    ["shedule", "schedule"],
    ["succesful", "successful"],
    ["tommorow", "tomorrow"],
    ["wierd", "weird"],
    ["writting", "writing"],
    ["fomr", "form"],
  ])("reads %s as %s", (typed, meant) => {
    expect(known.repairsOf(typed, () => 1)[0]?.word).toBe(meant);
  });

  it.each([
    ["what is too far away", "gvrnmnt"],
    ["what is too short", "ho"],
    ["numbers", "h0use"],
    ["nothing", ""],
    ["what is endless", "a".repeat(1000)],
  ])("leaves %s alone", (_, typed) => expect(known.repairsOf(typed, () => 1)).toEqual([]));

  it("prefers what more documents have, when the typing says no more", () => {
    const vocabulary = vocabularyOf("matter batter hatter");
    const first = (frequent: string) =>
      vocabulary.repairsOf("zatter", ({ word }) => (word === frequent ? 1000 : 1))[0]?.word;
    expect(["matter", "batter", "hatter"].map(first)).toEqual(["matter", "batter", "hatter"]);
  });

  it.each(["help", "cost", "zat"])("takes %s for another word, not for a slip", (typed) => {
    expect(vocabularyOf("http most cat").repairsOf(typed, () => 100)).toEqual([]);
  });

  it("does not know a word that the caller's documents don't have", () => {
    expect(known.repairsOf("adress", ({ word }) => (word === "address" ? 0 : 1))).toEqual([]);
  });
});
