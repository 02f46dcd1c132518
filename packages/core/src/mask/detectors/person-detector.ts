import { contextWords } from "../context-words.js";
import type { Detection, DetectionSubject, Detector } from "./detector.js";
import type { NameCue } from "./name-cues.js";
import { capitals, letters } from "./name-letters.js";
import { fullName, name } from "./name-shape.js";
import { openingWords } from "./opening-words.js";

const letterBefore = new RegExp(`[${letters}\\d]`);
const capital = new RegExp(`[${capitals}]`, "y");
/** Words that stand where a name could, and begin with a capital. */
const others = new Set(
  (
    "All Everyone Everybody Team Folks Sir Madam Support There World Friend Friends Guys Customer User Admin Colleagues The A An This " +
    "That It Not No Yes Please Thanks Thank You Your My Our We And Or But If When What Who Where Why How Hiring Manager None Null " +
    "Undefined String True False Unknown Required Optional Number Type Description Value Example Test Default Bot Assistant Claude " +
    "ChatGPT Siri Alexa Copilot GPT AI"
  ).split(" "),
);
const personKey = contextWords([
  ...[
    "first name",
    "firstname",
    "last name",
    "lastname",
    "surname",
    "family name",
    "given name",
    "full name",
  ],
  ...[
    "fullname",
    "maiden name",
    "middle name",
    "customer name",
    "patient name",
    "contact name",
    "employee name",
  ],
  ...[
    "cardholder name",
    "cardholder",
    "vorname",
    "nachname",
    "familienname",
    "prenom",
    "nom de famille",
    "apellido",
  ],
  ...[
    "apellidos",
    "cognome",
    "sobrenome",
    "achternaam",
    "voornaam",
    "person",
    "recipient name",
    "sender name",
  ],
  ...["billing name"],
]);
const nameKey = contextWords(["name", "customer", "patient", "nombre", "nom", "nome", "naam"]);
const wholeName = new RegExp(`^\\s{0,3}${name}\\s{0,3}$`);
const wholeFullName = new RegExp(`^\\s{0,3}${fullName}\\s{0,3}$`);
const maxNameLength = 80;

/** Names of people by what stands before them (`my name is`, `Dr.`, `name:`) or by their key. */
export const personDetector: Detector = {
  type: "person",
  find(subject) {
    const { text } = subject;
    if (text.length <= maxNameLength && isKeyedName(subject))
      return [{ start: 0, end: text.length, score: 0.8, why: ["key", "pattern"] }];
    const names: Detection[] = [];
    for (const { index, word, entry: cue } of subject.once(openingWords).cues) {
      if (letterBefore.test(text[index - 1] ?? "")) continue;
      const detection = nameBehind(text, index + word.length, cue);
      if (detection !== undefined) names.push(detection);
    }
    return names;
  },
};

function isKeyedName({ text, hasKey }: DetectionSubject): boolean {
  if (hasKey(personKey)) return wholeName.test(text);
  return hasKey(nameKey) && wholeFullName.test(text);
}

function nameBehind(text: string, wordEnd: number, cue: NameCue): Detection | undefined {
  const { joint, name: shape, score, isField } = cue;
  joint.lastIndex = wordEnd;
  if (!joint.test(text)) return undefined;
  const start = joint.lastIndex;
  capital.lastIndex = start;
  if (!capital.test(text)) return undefined;
  shape.lastIndex = start;
  const value = shape.exec(text)?.[0];
  if (value === undefined || others.has(value.split(/[ \t.]/, 1)[0] ?? "")) return undefined;
  const end = start + value.length;
  if (/^[./:@\\_(][A-Za-z\d]/.test(text.slice(end, end + 2))) return undefined;
  if (isField && /^ [a-zà-ɏ]/.test(text.slice(end, end + 2))) return undefined;
  return { start, end, score, why: ["context", "pattern"] };
}
