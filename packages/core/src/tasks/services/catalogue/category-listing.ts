import type { ServiceCategory } from "../service.js";

/** Category → id → name, then aliases. What starts with `~` is an everyday word too. */
export type CategoryListing = Readonly<
  Partial<Record<ServiceCategory, Readonly<Record<string, readonly [name: string, ...aliases: string[]]>>>>
>;
