const longestName = 32;
/** `user_role`, `line2`, `x-request-id`; no key of a service is that short with digits at its end only. */
const name = /^[A-Za-z_$][A-Za-z_$.-]*\d{0,2}$/;

/** Whether a key is a name that a program gives its fields: that is no one's, and code looks for it as it is. */
export const isPlainKey = (key: string): boolean => key.length <= longestName && name.test(key);
