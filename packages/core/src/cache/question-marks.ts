/**
 * The words of a question on which its answer turns although they hardly change its vector: numbers, negations, words
 * with an opposite, names, and who or when it asks for, in their order. Two questions whose marks differ are never taken for the same.
 */
export function questionMarks(question: string): string {
  const words =
    question
      .normalize("NFC") // not NFKC, for which 5² is 52
      .match(/[\p{L}\p{M}]+(?:['’][\p{L}]+)*|[\p{N}]+(?:[.,:/-][\p{N}]+)*|[$€£¥%+<>=-]/gu) ?? [];
  return JSON.stringify(words.flatMap((word, index) => markOf(word, index === 0)));
}

function markOf(word: string, isFirst: boolean): readonly string[] {
  const lower = word.toLowerCase().replace("’", "'");
  if (/^[^\p{L}]/u.test(word)) return [word];
  if (lower.endsWith("n't") || marks.has(lower)) return [lower];
  // A name, or a noun in German: the price of safety is a hit less.
  const isName = /^\p{Lu}/u.test(word) && (!isFirst || /\p{Lu}.*\p{Lu}/u.test(word)) && lower !== "i";
  return isName ? [lower] : [];
}

const list = (words: string) => words.split(" ");

/** English, German, French, Spanish, Italian, Portuguese and Dutch. */
const negations = list(
  "no not never none nothing nobody nor neither without cannot except unless kein keine keinen keinem keiner nicht nie niemals ohne außer " +
    "ne n'est pas jamais sans aucun aucune ni sauf nunca sin ningún ninguna tampoco salvo non mai senza nessun nessuna não nem sem nenhum nenhuma exceto " +
    "niet geen nooit zonder behalve",
);
const numbers = list(
  "zero one two three four five six seven eight nine ten eleven twelve hundred thousand million once twice first second third half double " +
    "null eins zwei drei vier fünf sechs sieben acht neun zehn hundert tausend erste zweite dritte halb " +
    "deux trois quatre cinq sept huit neuf dix cent mille premier deuxième dos tres cuatro cinco seis siete ocho nueve diez cien mil primero segundo " +
    "due tre quattro cinque sei sette otto nove dieci cento primo dois duas três quatro sete oito nove dez cem primeiro twee drie vier vijf zes zeven acht negen tien",
);
const opposites = list(
  "on off in out up down add remove enable disable enabled disabled start stop open close before after more less over under from to into import export " +
    "increase decrease upgrade downgrade subscribe unsubscribe connect disconnect lock unlock show hide allow deny block unblock include exclude " +
    "buy sell send receive pause resume login logout install uninstall free paid old new always monthly yearly weekly daily annual annually public private " +
    "ein aus an ab vor nach mehr weniger aktivieren deaktivieren hinzufügen entfernen öffnen schließen monatlich jährlich verbinden trennen erhöhen senken kündigen " +
    "activer désactiver ajouter supprimer avant après plus moins ouvrir fermer mensuel annuel activar desactivar añadir quitar eliminar antes después más menos abrir cerrar mensual anual " +
    "attivare disattivare aggiungere rimuovere prima dopo più meno aprire chiudere ativar desativar adicionar remover depois mais menos fechar aan uit toevoegen verwijderen voor na meer minder",
);
/** Who, when, where, why, and whether one must: the rest of the question is the same. */
const askers = list(
  "who whom whose when where why must should wann wo wer warum muss soll quand où qui pourquoi dois doit cuándo dónde quién debo " +
    "quando dove chi perché devo deve onde quem wanneer waar wie waarom moet",
);
const marks = new Set([...negations, ...numbers, ...opposites, ...askers]);
