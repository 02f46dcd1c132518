import { type RefObject, useEffect, useRef } from "react";

/** Moves the focus to a heading (the ref) when its answer arrives, so that keyboard and screen reader are there. */
export function useFocusOnAnswer(answer: unknown): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const element = heading.current;
    if (answer === undefined || element === null) return;
    element.focus({ preventScroll: true });
    // Where the answer is in view already, nothing moves.
    const { top } = element.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight / 2) element.scrollIntoView({ block: "start" });
  }, [answer]);
  return heading;
}
