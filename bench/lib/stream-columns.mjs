import { streamedPieceCount } from "../prompt.mjs";

/** What is told of streams. */
export const streamColumns = [
  { title: "CPU µs a chunk", of: "cpu", per: streamedPieceCount, isCompared: true },
  { title: "first text p50 µs", of: "first50", isCompared: true },
  { title: "p95 µs", of: "first95" },
  { title: "p99 µs", of: "first99" },
  { title: "whole p50 µs", of: "p50" },
];
