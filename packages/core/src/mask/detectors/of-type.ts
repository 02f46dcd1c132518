/** What is found of one type: many detectors share what is found of all, and most texts hold none of any. */
export const ofType = <Found extends { readonly type: string }>(
  found: readonly Found[],
  type: string,
): readonly Found[] => (found.length === 0 ? found : found.filter((one) => one.type === type));
