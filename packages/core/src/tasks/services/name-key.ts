/** A name without case, spaces and punctuation: "Google-Sheets" → "googlesheets". */
export const nameKey = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
