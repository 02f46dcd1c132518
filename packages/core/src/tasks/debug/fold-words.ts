/** Lower case, only letters and digits, one space around each word: "ECONNREFUSED: no!" → " econnrefused no ". */
export const foldWords = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
