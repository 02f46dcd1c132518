import type { ReplyMetadata } from "@levqor/core/client";

/** Says when not all of the question was read, or when the answer had to end before its end. */
export function LengthRemarks({ metadata }: { readonly metadata: ReplyMetadata | undefined }) {
  // Earlier messages, which are shortened too, are nothing the user has just written.
  const isShortened = metadata?.truncated?.some((path) => !path.startsWith("messages."));
  return (
    <>
      {isShortened ? (
        <p className="length-remark">Your text was too long: only its beginning was read.</p>
      ) : null}
      {metadata?.cut_off ? (
        <p className="length-remark">The answer reached its longest length here.</p>
      ) : null}
    </>
  );
}
