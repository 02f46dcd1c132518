import type { TestProject } from "vitest/node";
import { postgres, provision, redis } from "../scripts/services.mjs";

/** Runs once before the tests of the stores: one Redis and one PostgreSQL for all of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  provision(["redis", "postgres"]);
  const services = await Promise.all([redis(), postgres()]);
  project.provide("redisUrl", services[0].url);
  project.provide("databaseUrl", services[1].url);
  return async () => {
    await Promise.all(services.map((service) => service.stop()));
  };
}
