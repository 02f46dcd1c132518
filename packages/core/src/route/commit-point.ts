import type { RoutePart, ShowPart } from "./router.js";

/** Passes an answer's parts on once it has reached its commit point: the first real output. */
export interface CommitPoint {
  readonly show: ShowPart;
  /** Shows what is still held back; due when the answer is whole. */
  end(): Promise<void>;
}

/** Bounds of what is held back before it (`docs/guide/streams.md`). */
const mostHeldEvents = 64;
const mostHeldCharacters = 262_144;

/** Holds back what shows nothing, so that a failure before the first real output stays unseen. */
export function createCommitPoint(show: ShowPart): CommitPoint {
  let held: RoutePart[] = [];
  let characters = 0;
  let isReached = false;
  const pass = async () => {
    isReached = true;
    const parts = held;
    held = [];
    for (const part of parts) await show(part);
  };
  return {
    show(part) {
      if (isReached) return show(part);
      held.push(part);
      if (part.type === "text-delta") characters += part.delta.length;
      const isFull = held.length >= mostHeldEvents || characters >= mostHeldCharacters;
      return isFull || isRealOutput(part) ? pass() : nothingToShow;
    },
    end: pass,
  };
}

const nothingToShow = Promise.resolve();

/** White space alone shows nothing. */
const isRealOutput = (part: RoutePart) => part.type !== "text-delta" || part.delta.trim() !== "";
