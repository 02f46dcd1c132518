import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

/** Tells an open menu (the ref) to close: on Escape, and when something outside it is pressed. */
export function useDismiss(
  isOpen: boolean,
  actions: { readonly onEscape: () => void; readonly onOutside: () => void },
): RefObject<HTMLDivElement | null> {
  const menu = useRef<HTMLDivElement>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape") actions.onEscape();
  });
  const onPointer = useEffectEvent((event: PointerEvent) => {
    if (event.target instanceof Node && !menu.current?.contains(event.target)) actions.onOutside();
  });
  useEffect(() => {
    if (!isOpen) return;
    const listening = new AbortController();
    document.addEventListener("keydown", onKey, listening);
    document.addEventListener("pointerdown", onPointer, listening);
    return () => listening.abort();
  }, [isOpen]);
  return menu;
}
