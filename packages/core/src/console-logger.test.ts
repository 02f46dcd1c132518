import { afterEach, expect, it, vi } from "vitest";
import { consoleLogger } from "./console-logger.js";

afterEach(() => {
  vi.restoreAllMocks();
});

it.each(["info", "warn", "error"] as const)("writes %s as one line, whatever stands in it", (level) => {
  const lines: unknown[] = [];
  vi.spyOn(console, level).mockImplementation((line) => void lines.push(line));
  const hostile = "a\r\nERROR forged\u001b[2J\u009b31m\u202e\u2028<script>![x](y)";
  consoleLogger()[level]({ target: hostile }, hostile);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(lines[0]).toContain(
    "a\\u{d}\\u{a}ERROR forged\\u{1b}[2J\\u{9b}31m\\u{202e}\\u{2028}<script>![x](y)",
  );
});
