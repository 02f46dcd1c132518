// Redis, PostgreSQL and Chromium for tests. For each, in this order: the variable, a program on this machine,
// apt. When none of them helps, one message that says what to do; never a silent skip.
import { isMain } from "./is-main.mjs";
import { aptInstall, canInstall } from "./services/apt-install.mjs";
import { findChromium, findPostgres, findRedis } from "./services/find-program.mjs";
import { launch } from "./services/launch.mjs";
import { postgresServer, redisServer } from "./services/servers.mjs";

/**
 * @typedef {"redis" | "postgres" | "chromium"} ServiceName
 * @typedef {import("./services/launch.mjs").RunningService} RunningService
 * @typedef {{ variable: string, packages: string[], find: () => string | undefined }} Source
 */

/** @type {Record<ServiceName, Source>} */
const SOURCES = {
  redis: { variable: "TEST_REDIS_URL", packages: ["redis-server"], find: findRedis },
  postgres: { variable: "TEST_DATABASE_URL", packages: ["postgresql"], find: findPostgres },
  chromium: {
    variable: "TEST_CHROMIUM",
    packages: ["chromium", "fonts-liberation"],
    find: findChromium,
  },
};

/** @param {ServiceName} name @returns {string | undefined} */
const given = (name) => process.env[SOURCES[name].variable] || undefined;

/** @param {ServiceName} name @returns {boolean} */
const isMissing = (name) => given(name) === undefined && SOURCES[name].find() === undefined;

/** @param {readonly ServiceName[]} names @param {string} reason @returns {Error} */
function unavailable(names, reason) {
  const packages = names.flatMap((name) => SOURCES[name].packages).join(" ");
  const variables = names.map((name) => SOURCES[name].variable).join(", ");
  return new Error(
    `The tests need ${names.join(", ")}, and ${reason}.\n` +
      `Install: sudo apt-get install --no-install-recommends ${packages}\n` +
      `or point to what you have with ${variables}.`,
  );
}

/**
 * Makes sure that the services can be started; installs what is missing when this machine allows it.
 * @param {readonly ServiceName[]} names @returns {void}
 */
export function provision(names) {
  const missing = names.filter(isMissing);
  if (missing.length === 0) return;
  if (!canInstall()) throw unavailable(missing, "they are not on this machine");
  console.log(`services: installing ${missing.join(", ")} with apt …`);
  const problem = aptInstall(missing.flatMap((name) => SOURCES[name].packages));
  const still = missing.filter(isMissing);
  if (still.length > 0)
    throw unavailable(still, `apt could not install them:\n${problem ?? "no program found afterwards"}`);
}

/** @param {ServiceName} name @returns {string} the variable's value or the program's path */
function located(name) {
  provision([name]);
  const place = given(name) ?? SOURCES[name].find();
  if (place === undefined) throw unavailable([name], "it is not on this machine");
  return place;
}

/**
 * @param {"redis" | "postgres"} name @param {(place: string) => import("./services/launch.mjs").ServerRecipe} recipe
 * @returns {Promise<RunningService>}
 */
async function start(name, recipe) {
  const url = given(name);
  return url === undefined ? await launch(recipe(located(name))) : { url, stop: async () => {} };
}

/** @returns {Promise<RunningService>} an empty Redis, or the one of `TEST_REDIS_URL` */
export const redis = () => start("redis", redisServer);

/** @returns {Promise<RunningService>} an empty PostgreSQL, or the one of `TEST_DATABASE_URL` */
export const postgres = () => start("postgres", postgresServer);

/** @returns {string} the path of the browser's program */
export const chromium = () => located("chromium");

/** `npm run services`: keeps the servers up for watch mode until it is interrupted. */
async function main() {
  provision(["redis", "postgres", "chromium"]);
  const services = await Promise.all([redis(), postgres()]);
  const urls = services.map((service) => service.url);
  console.log(`TEST_REDIS_URL=${urls[0]}\nTEST_DATABASE_URL=${urls[1]}\nTEST_CHROMIUM=${chromium()}`);
  console.log("Running until Ctrl-C.");
  const alive = setInterval(() => {}, 60_000);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, async () => {
      await Promise.all(services.map((service) => service.stop()));
      clearInterval(alive);
    });
  }
}

if (isMain(import.meta.url)) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
