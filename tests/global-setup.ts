import type { TestProject } from "vitest/node";
import { chromium, provision } from "../scripts/services.mjs";

/** Runs once before the integration project; Redis and PostgreSQL are started by the tests that need them. */
export default function setup(project: TestProject): void {
  provision(["chromium"]);
  project.provide("chromiumPath", chromium());
}
