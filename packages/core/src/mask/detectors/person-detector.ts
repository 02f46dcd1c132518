import { contextWords } from "../context-words.js";
import type { Detection, DetectionSubject, Detector } from "./detector.js";
import { capitals, letters } from "./name-letters.js";
import { wordIndex } from "./word-index.js";

const part = `(?:[${capitals}]\\.|[${capitals}][${letters}]*(?:['’-][${letters}]+){0,2})`;
const particle = "(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn|al|el|ten|ter|zu|y|e)";
const name = `${part}(?:[ \\t]{1,2}(?:${particle}[ \\t]){0,2}${part}){0,4}`;
const fullName = `${part}(?:[ \\t]{1,2}(?:${particle}[ \\t]){0,2}${part}){1,4}`;

/** What stands before a name, how sure it makes, and how the name has to look. */
interface Cue {
  /** Words with `|` between; letter case counts. */
  readonly words: string;
  /** What stands between them and the name. */
  readonly joint: RegExp;
  readonly name: RegExp;
  readonly score: number;
  /** Whether it names a field, whose value ends the line or clause: `Name: Preparing water` is a title. */
  readonly isField?: true;
}

const sticky = (shape: string, behind = "") => new RegExp(`${shape}${behind}`, "y");
const space = / /y;
const colon = / ?:[ \t]{0,8}/y;
const cues: readonly Cue[] = [
  {
    words:
      "name is|Name is|name's|Name's|name ist|Name ist|Ich heiße|ich heiße|m'appelle|me llamo|Me llamo|nombre es|" +
      "mi chiamo|Mi chiamo|nome é|naam is|Ik heet|ik heet",
    joint: space,
    name: sticky(name),
    score: 0.8,
  },
  { words: "name|Name", joint: / ?[:=][ \t]{0,8}["']/y, name: sticky(fullName), score: 0.7 },
  { words: "name", joint: / ?[:=][ \t]{0,8}/y, name: sticky(fullName), score: 0.7 },
  { words: "Name|Nom|Nombre|Nome|Naam", joint: colon, name: sticky(name), isField: true, score: 0.75 },
  { words: "name?|Name?", joint: space, name: sticky(name), isField: true, score: 0.75 },
  {
    words:
      "patient|Patient|customer|Customer|client|Client|employee|Employee|contact|Contact|applicant|Applicant|attn|Attn|" +
      "recipient|Recipient|kunde|Kunde|kundin|Kundin|patientin|Patientin|cliente|Cliente|paciente|Paciente|paziente|" +
      "Paziente|klant|Klant",
    joint: colon,
    name: sticky(fullName),
    isField: true,
    score: 0.65,
  },
  {
    words:
      "Mr|Mrs|Ms|Mx|Dr|Prof|Miss|Herr|Frau|Monsieur|Madame|Mme|Mlle|Señora|Señor|Sra|Sr|Signora|Sig|Dhr|Mevr|mr|mrs|ms|dr",
    joint: /\.? /y,
    name: sticky(name),
    score: 0.75,
  },
  { words: "I am|I'm|I’m", joint: space, name: sticky(fullName, "(?=[,.;!\\n]|$)"), score: 0.65 },
  {
    words: "Dear|Hi|Hello|Hey|Liebe|Lieber|Hallo|Bonjour|Hola|Ciao|Olá|Beste",
    joint: space,
    name: sticky(name, "(?=[,!]|\\n)"),
    score: 0.6,
  },
  {
    words:
      "regards|Regards|sincerely|Sincerely|cheers|Cheers|Grüße|Grüßen|Gruß|Cordialement|saludos|Saludos|saluti|Saluti|" +
      "Atentamente|groet|Groet|groeten|Groeten|cumprimentos|Cumprimentos|Atenciosamente",
    joint: /,?\n{1,2}[ \t]{0,4}/y,
    name: sticky(name, "(?=\\n|$)"),
    score: 0.7,
  },
  {
    words: "patient|customer|employee|cardholder|beneficiary|applicant|passenger",
    joint: space,
    name: sticky(fullName),
    score: 0.6,
  },
];
const cuesIn = wordIndex(cues.flatMap((cue) => cue.words.split("|").map((word) => [word, cue] as const)));
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
  *find(subject) {
    const { text } = subject;
    if (text.length <= maxNameLength && isKeyedName(subject)) {
      yield { start: 0, end: text.length, score: 0.8, why: ["key", "pattern"] };
      return;
    }
    for (const { index, word, entry: cue } of cuesIn(text)) {
      if (letterBefore.test(text[index - 1] ?? "")) continue;
      const detection = nameBehind(text, index + word.length, cue);
      if (detection !== undefined) yield detection;
    }
  },
};

function isKeyedName({ text, hasKey }: DetectionSubject): boolean {
  if (hasKey(personKey)) return wholeName.test(text);
  return hasKey(nameKey) && wholeFullName.test(text);
}

function nameBehind(text: string, wordEnd: number, cue: Cue): Detection | undefined {
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
