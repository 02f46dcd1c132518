import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A module of the harness that runs this contender, which is started in the harness's own folder. */
export const harnessModule = (path) => import(pathToFileURL(join(process.cwd(), "contenders", path)).href);
