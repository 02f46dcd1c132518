// The one question that every contender asks, and what the mock of the model answers to it.

export const model = "gpt-4o-mini";
/** Most tokens of an answer. */
export const maxTokens = 300;

export const systemText =
  "You help the customers of a company that sells software for booking rooms and desks. Be short and kind. " +
  "Name the menu in which a setting is found. Do not guess: where the documents say nothing, say that you do not " +
  "know and offer to ask the team.";

export const question =
  "Since the update on Monday our weekly meeting no longer shows up on the screen beside the door, although the " +
  "calendar has it and nobody changed the room. What can we look at ourselves, and does it help to remove the " +
  "screen and to add it again?";

/** The same with a value that is to be masked. */
export const personalQuestion = `${question} Write to ada.lovelace@example.com.`;
export const address = "ada.lovelace@example.com";

const words = (
  "please open the settings of the room and look whether the screen is still paired with it since a new version " +
  "asks for the pairing once more when the certificate was renewed if the list of devices is empty then add it " +
  "there with the code that the screen shows and wait a minute until the calendar has been read again you need " +
  "not remove the meeting itself"
).split(" ");

const text = (count) => Array.from({ length: count }, (_, index) => words[index % words.length]).join(" ");

/** The answer that is not streamed, of 640 characters. */
export const answer = `${text(140).slice(0, 639)}.`;

/** Pieces of a streamed answer: 96 words, then the address (or what stands for it), cut as tokens are. */
export function streamedPieces(addressGiven) {
  const quarter = Math.ceil(addressGiven.length / 4);
  const cuts = [0, 1, 2, 3].map((index) => addressGiven.slice(index * quarter, (index + 1) * quarter));
  return [...Array.from({ length: 96 }, (_, index) => `${words[index % words.length]} `), ...cuts];
}
export const streamedPieceCount = 100;
export const streamedAnswer = streamedPieces(address).join("");

/** The answer in JSON, and the schema that tasks and peers ask for. */
export const verdict = {
  topic: "screens",
  urgency: 0.4,
  words: ["pairing", "calendar", "certificate"],
  summary: "A screen at the door shows no meeting since an update.",
};
export const verdictSchema = (z) =>
  z.object({
    topic: z.enum(["screens", "desks", "billing"]),
    urgency: z.number(),
    words: z.array(z.string()),
    summary: z.string(),
  });

/** The request as OpenAI's API has it. */
export const chatRequest = (content) => ({
  model,
  messages: [
    { role: "system", content: systemText },
    { role: "user", content },
  ],
  temperature: 0,
  max_completion_tokens: maxTokens,
});
export const streamRequest = (content) => ({
  ...chatRequest(content),
  stream: true,
  stream_options: { include_usage: true },
});
