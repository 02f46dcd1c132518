import { type JsonRecord, parseRecord } from "./json-record.js";

/** Keeps texts under names, at once; the browser's `sessionStorage` is one. It may throw: then nothing is kept. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
}

/** Where a run or a thread keeps what a reload of the page must not lose. */
export interface RunStorage {
  /** Name of this place in the page, and of the user: whoever knows it reads what is kept. */
  readonly key: string;
  readonly store: TextStore;
}

/** One kept object. */
export interface KeptRecord {
  /** What was kept; nothing when it is no JSON object, too long, or of another version. */
  read(): JsonRecord | undefined;
  /** Keeps it in place of the one before; keeps nothing when it is too long. */
  write(record: JsonRecord): void;
  forget(): void;
}

/** Another number for each change of what is kept: what an earlier release of the page has kept is dropped. */
const version = 1;

/** A browser has room for 5 million for a whole site. */
const mostCharacters = 500_000;

/** The object in that storage. Nothing in it throws: a page works without. */
export function keptRecord({ key, store }: RunStorage): KeptRecord {
  const forget = () => quietly(() => store.removeItem(key));
  return {
    read() {
      const text = quietly(() => store.getItem(key)) ?? "";
      const record = text.length <= mostCharacters ? parseRecord(text) : undefined;
      return record?.["version"] === version ? record : undefined;
    },
    write(record) {
      // First: what can't be kept must not leave an older one behind.
      forget();
      quietly(() => {
        const text = JSON.stringify({ ...record, version });
        if (text.length <= mostCharacters) store.setItem(key, text);
      });
    },
    forget,
  };
}

/** Storage may be blocked or full, and not everything can be written as JSON. */
function quietly<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
