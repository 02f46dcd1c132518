const digit = /\d/;
const sevenDigits = /(?:\d\D*){7}/;

/** Whether a text can hold a number at all. */
export const hasDigit = (text: string): boolean => digit.test(text);

/** Whether a text can hold a phone number or the number of a card. */
export const hasSevenDigits = (text: string): boolean => sevenDigits.test(text);
