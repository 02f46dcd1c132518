/** Longest query that is read, UTF-16 characters; the rest is cut off. */
export const mostQueryCharacters = 1000;
