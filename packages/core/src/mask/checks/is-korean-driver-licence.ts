/** Korean driver licence: a region (11 to 28), a year, six digits, two of check. */
export const isKoreanDriverLicence = (digits: string): boolean => /^(?:1[1-9]|2[0-8])\d{10}$/.test(digits);
