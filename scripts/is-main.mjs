import { pathToFileURL } from "node:url";

/** Whether a module is the program that was started, not one that it imports. @param {string} url its `import.meta.url` */
export const isMain = (url) => url === pathToFileURL(process.argv[1] ?? "").href;
