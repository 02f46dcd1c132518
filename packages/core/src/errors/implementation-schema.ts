import * as z from "zod";

/** An implementation of one of our interfaces, as far as the names of its methods tell; may be left out. */
export const implementationSchema = (...methods: readonly string[]) =>
  z
    .custom<object>(
      (value) =>
        typeof value === "object" &&
        value !== null &&
        methods.every((method) => typeof Reflect.get(value, method) === "function"),
      `must be an object with ${methods.map((method) => `${method}()`).join(" and ")}`,
    )
    .optional();
