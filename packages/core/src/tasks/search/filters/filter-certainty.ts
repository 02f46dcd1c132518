/**
 * How sure it is that words are meant as a filter, 0 to 1, by what they look like. Only the order counts: when a query
 * finds nothing, the least certain filter is the first to be left out, and one written as `key:value` stays.
 */
export const filterCertainty = {
  /** `status:open`. */
  pair: 1,
  /** A full name, several words of one, or an e-mail address. */
  fullName: 0.9,
  /** "my", "by me", "that I created". */
  caller: 0.85,
  /** A first or a last name. */
  partOfName: 0.8,
  /** "since March", "last week". */
  date: 0.8,
  /** The very word that documents have as their type or status. */
  exactWord: 0.7,
  /** Another word for it. */
  synonym: 0.5,
  /** "recent" may only be a manner of speaking. */
  recent: 0.4,
} as const;
