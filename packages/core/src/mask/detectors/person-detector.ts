import { contextWords } from "../context-words.js";
import type { Detection, DetectionSubject, Detector } from "./detector.js";
import { capitals, letters } from "./name-letters.js";

const part = `(?:[${capitals}]\\.|[${capitals}][${letters}]*(?:['’-][${letters}]+){0,2})`;
const particle = "(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn|al|el|ten|ter|zu|y|e)";
const name = `${part}(?:[ \\t]{1,2}(?:${particle}[ \\t]){0,2}${part}){0,4}`;
const fullName = `${part}(?:[ \\t]{1,2}(?:${particle}[ \\t]){0,2}${part}){1,4}`;

/** What stands before a name, how sure it makes, and how the name has to look. */
interface Cue {
  readonly before: string;
  readonly name: RegExp;
  readonly score: number;
  /** Whether it names a field, whose value ends the line or clause: `Name: Preparing water` is a title. */
  readonly isField?: true;
}

const sticky = (shape: string, behind = "") => new RegExp(`${shape}${behind}`, "y");
const cues: readonly Cue[] = [
  {
    before:
      "[Nn]ame is |[Nn]ame's |Ich heiße |ich heiße |[Nn]ame ist |m'appelle |me llamo |Me llamo |nombre es |mi chiamo |Mi chiamo |nome é |naam is |[Ii]k heet ",
    name: sticky(name),
    score: 0.8,
  },
  {
    before: "[Nn]ame ?[:=][ \\t]{0,8}[\"']|name ?[:=][ \\t]{0,8}",
    name: sticky(fullName),
    score: 0.7,
  },
  {
    before: "Name ?:[ \\t]{0,8}|[Nn]ame\\? |(?:Nom|Nombre|Nome|Naam) ?:[ \\t]{0,8}",
    name: sticky(name),
    isField: true,
    score: 0.75,
  },
  {
    before:
      "(?:[Pp]atient|[Cc]ustomer|[Cc]lient|[Ee]mployee|[Cc]ontact|[Aa]pplicant|[Aa]ttn|[Rr]ecipient|[Kk]unde|[Kk]undin|[Pp]atientin|[Cc]liente|[Pp]aciente|[Pp]aziente|[Kk]lant) ?:[ \\t]{0,8}",
    name: sticky(fullName),
    isField: true,
    score: 0.65,
  },
  {
    before:
      "(?:Mr|Mrs|Ms|Mx|Dr|Prof|Miss|Herr|Frau|Monsieur|Madame|Mme|Mlle|Señora|Señor|Sra|Sr|Signora|Sig|Dhr|Mevr|mr|mrs|ms|dr)\\.? ",
    name: sticky(name),
    score: 0.75,
  },
  { before: "I am |I'm |I’m ", name: sticky(fullName, "(?=[,.;!\\n]|$)"), score: 0.65 },
  {
    before: "(?:Dear|Hi|Hello|Hey|Liebe|Lieber|Hallo|Bonjour|Hola|Ciao|Olá|Beste) ",
    name: sticky(name, "(?=[,!]|\\n)"),
    score: 0.6,
  },
  {
    before:
      "(?:[Rr]egards|[Ss]incerely|[Cc]heers|Grüßen?|Gruß|Cordialement|[Ss]aludos|[Ss]aluti|Atentamente|[Gg]roet(?:en)?|[Cc]umprimentos|Atenciosamente),?\\n{1,2}[ \\t]{0,4}",
    name: sticky(name, "(?=\\n|$)"),
    score: 0.7,
  },
  {
    before: "(?:patient|customer|employee|cardholder|beneficiary|applicant|passenger) ",
    name: sticky(fullName),
    score: 0.6,
  },
];
const anyCue = new RegExp(cues.map(({ before }) => `(${before})`).join("|"), "g");
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
    for (const match of text.matchAll(anyCue)) {
      const cue = cues[match.indexOf(match[0], 1) - 1];
      const isWord = match.index === 0 || !letterBefore.test(text[match.index - 1] ?? "");
      if (cue === undefined || !isWord) continue;
      const detection = nameAt(text, match.index + match[0].length, cue);
      if (detection !== undefined) yield detection;
    }
  },
};

function isKeyedName({ text, hasKey }: DetectionSubject): boolean {
  if (hasKey(personKey)) return wholeName.test(text);
  return hasKey(nameKey) && wholeFullName.test(text);
}

function nameAt(text: string, start: number, { name: shape, score, isField }: Cue): Detection | undefined {
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
