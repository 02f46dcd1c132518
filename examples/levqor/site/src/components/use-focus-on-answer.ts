import { type RefObject, useEffect, useRef } from "react";

/** Moves the focus to a heading (the ref) when its answer arrives, so that keyboard and screen reader are there. */
export function useFocusOnAnswer(answer: unknown): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (answer !== undefined) heading.current?.focus();
  }, [answer]);
  return heading;
}
