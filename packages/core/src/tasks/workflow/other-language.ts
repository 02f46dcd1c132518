import type { Token } from "../services/scan-text.js";

const set = (words: string) => new Set(words.split(/\s+/u));

const english = set(
  `the a an when whenever if every each to and in of on with for from it is my me new then send add create post email notify`,
);

/** Short words of the languages next to English that are common on the web, and of none in English. */
const others = set(
  `wenn sobald jeden jede jedes jeder ein eine einen einem einer der das und nach mit auf aus sende senden schicke erstelle
  füge neue neuer neues quand lorsque chaque un une les des dans et vers envoyer envoie envoyez créer crée ajouter ajoute
  nouveau nouvelle cuando cada una el los las del y enviar envía envia crear crea añadir nuevo nueva correo si ogni il gli
  nel nella invia aggiungi nuovo nuova quando uma os em ao novo nova criar adicionar wanneer zodra elke een het naar stuur
  voeg nieuwe maak gdy każdy wyślij när varje skicka ny når hver`,
);
const fewest = 2;
const mostRead = 400;

/** Whether a text is probably not English: another script, or more short words of other languages than English ones. */
export function isOtherLanguage(tokens: readonly Token[]): boolean {
  const words = tokens.slice(0, mostRead).filter(({ kind }) => kind === "word");
  const foreign = words.filter(({ text }) => /(?!\p{Script=Latin})\p{L}/u.test(text)).length;
  if (foreign > 0 && foreign * 2 >= words.length) return true;
  const [said, known] = [others, english].map(
    (table) => words.filter(({ lower }) => table.has(lower)).length,
  );
  return said !== undefined && known !== undefined && said >= fewest && said > known;
}
