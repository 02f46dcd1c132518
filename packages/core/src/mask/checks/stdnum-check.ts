/** Makes a yes or no of what a validator of `stdnum` answers. */
export const stdnumCheck =
  (validate: (value: string) => { readonly isValid: boolean }) =>
  (compact: string): boolean =>
    validate(compact).isValid;
