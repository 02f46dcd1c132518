// Where a service's program may lie: PATH first, then the folders that Debian, Homebrew and others keep off PATH.
import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** @param {string} file @returns {boolean} */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Folders named `<prefix><version><suffix>` below `parent`, newest version first.
 * @param {string} parent @param {string} prefix @param {string} suffix @returns {string[]}
 */
function versionedFolders(parent, prefix, suffix) {
  try {
    return readdirSync(parent)
      .filter((name) => name.startsWith(prefix) && /\d/.test(name.slice(prefix.length)))
      .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
      .map((name) => join(parent, name, suffix));
  } catch {
    return []; // no such folder on this system
  }
}

/** @returns {string[]} */
function usualFolders() {
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...path, "/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"];
}

/** @param {readonly string[]} names @returns {string | undefined} */
function firstProgram(names) {
  for (const name of names) {
    const file = usualFolders()
      .map((folder) => join(folder, name))
      .find(isExecutable);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** @returns {string | undefined} the path of redis-server or of its fork */
export function findRedis() {
  return firstProgram(["redis-server", "valkey-server"]);
}

/** @returns {string | undefined} the folder that holds both `initdb` and `postgres` */
export function findPostgres() {
  const folders = [
    ...usualFolders(),
    ...versionedFolders("/usr/lib/postgresql", "", "bin"),
    ...versionedFolders("/opt/homebrew/opt", "postgresql@", "bin"),
    ...versionedFolders("/usr/local/opt", "postgresql@", "bin"),
    ...versionedFolders("/usr", "pgsql-", "bin"),
  ];
  return folders.find((folder) => ["initdb", "postgres"].every((name) => isExecutable(join(folder, name))));
}

/** @returns {string | undefined} the path of Chromium or Google Chrome */
export function findChromium() {
  const macApps = ["Chromium", "Google Chrome"].map(
    (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
  );
  return (
    firstProgram(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) ??
    macApps.find(isExecutable)
  );
}
