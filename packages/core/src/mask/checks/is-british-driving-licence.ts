const form = /^[A-Z]{1,5}9{0,4}\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}\d[A-Z]{2}$/;

/** British driving licence: five places of the name, the birthday (women add 50 to the month), initials, check. */
export const isBritishDrivingLicence = (compact: string): boolean =>
  compact.length === 16 && form.test(compact);
