const form = /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/;

/** No area 000, 666 or 9xx, no group 00, no serial 0000 is ever issued (Social Security Administration). */
export const isUsSsn = (digits: string): boolean => form.test(digits);
