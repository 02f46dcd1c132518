/** Placeholder entry; its names are added with their files. */
export {};
