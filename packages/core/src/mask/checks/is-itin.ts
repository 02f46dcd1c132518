const form = /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/;

/** US individual taxpayer number: begins with 9, and the Internal Revenue Service issues some groups only. */
export const isItin = (digits: string): boolean => form.test(digits);
