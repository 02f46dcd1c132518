import { fullName, name } from "./name-shape.js";

/** What stands before a name, how sure it makes, and how the name has to look. */
export interface NameCue {
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
/** What announces names of people, in several languages. */
export const nameCues: readonly NameCue[] = [
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
