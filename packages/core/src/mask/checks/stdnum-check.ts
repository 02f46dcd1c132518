/** Makes a yes or no of what a validator of `stdnum` answers. */
export const stdnumCheck =
  (validate: (value: string) => { readonly isValid: boolean }) =>
  (compact: string): boolean => {
    // It answers no with an error, and the stack of one costs more than all else that the check does.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return validate(compact).isValid;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
