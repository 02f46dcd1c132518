import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../../create-ai-gateway.js";
import { defineTask } from "../../define-task.js";
import { errorTable } from "../../errors/error-table.js";
import { isGatewayError } from "../../errors/gateway-error.js";
import { findEndpoint } from "../endpoints.js";
import { type OpenApiOptions, openApiDocument } from "./open-api-document.js";

interface Category {
  name: string;
  children: Category[];
}
const category: z.ZodType<Category, Category> = z.object({
  name: z.string(),
  get children() {
    return z.array(category);
  },
});

const prompt = () => ({ messages: [] });
const tasks = [
  defineTask({
    name: "tree",
    path: "deep/tree",
    input: category,
    output: category,
    allow: "authenticated",
    prompt,
  }),
  defineTask({
    name: "either",
    input: z.object({ at: z.iso.datetime() }),
    output: z.union([z.object({ yes: z.string() }), z.strictObject({ no: z.string() })]),
    allow: { roles: ["editor"] },
    prompt,
  }),
  defineTask({
    name: "dated",
    input: z.object({ at: z.date() }),
    output: z.object({ text: z.string() }),
    textField: "text",
    allow: () => true,
    prompt,
  }),
];
const gateway = createAiGateway({ tasks, logger: { info() {}, warn() {}, error() {} } });
const all = Object.values(gateway.tasks);

interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, object>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}
const made = (options?: OpenApiOptions) => openApiDocument(all, options) as unknown as Document;

describe("openApiDocument", () => {
  it.each<[string, OpenApiOptions | undefined]>([
    ["by default", undefined],
    [
      "with every option",
      { title: "Acme", version: "2.1", serverUrl: "https://x.example/ai", securitySchemes: {} },
    ],
    [
      "with schemes of its own",
      { securitySchemes: { session: { type: "apiKey", in: "cookie", name: "sid" } } },
    ],
  ])("is valid OpenAPI 3.1 %s", async (_case, options) => {
    const validator = new Validator();
    const result = await validator.validate({ ...structuredClone(made(options)) });
    expect([result.valid, result.errors, validator.version]).toEqual([true, undefined, "3.1"]);
  });

  it("refers only to what is in it", () => {
    const document = made();
    const found = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = ""]) => ref);
    expect(found.length).toBeGreaterThan(50);
    for (const ref of new Set(found)) {
      const place = ref
        .slice(2)
        .split("/")
        .reduce<unknown>((inner, key) => Object(inner)[key], document);
      expect(place, ref).toBeDefined();
    }
  });

  it("has the endpoints that are there, with the methods that they have", () => {
    const { paths } = made();
    expect(Object.keys(paths).length).toBe(all.length * 2);
    for (const [path, operations] of Object.entries(paths)) {
      const methods = Object.keys(operations).filter((key) => key !== "parameters");
      const at = { path: path.replace("{stream_id}", "x"), headers: { "content-type": "application/json" } };
      const ask = (method: string) =>
        findEndpoint(
          { tasks: gateway.tasks, isDescribed: true },
          { ...at, method, body: { kind: "parsed", value: {} } },
        );
      for (const method of methods) expect(ask(method.toUpperCase()).action).toBeDefined();
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"]) {
        if (methods.includes(method.toLowerCase())) continue;
        try {
          ask(method);
          expect.unreachable();
        } catch (error) {
          expect(isGatewayError(error, "method_not_allowed")).toBe(true);
        }
      }
    }
  });

  it("names each operation once, and each status that the error table has", () => {
    const operations = Object.values(made().paths).flatMap((path) =>
      Object.entries(path).flatMap(([key, operation]) => (key === "parameters" ? [] : [operation])),
    );
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(all.length * 3);
    const statuses = new Set(Object.values(errorTable).map(({ status }) => String(status)));
    statuses.delete("404");
    for (const { responses } of operations)
      for (const status of statuses) expect(responses).toHaveProperty(status);
  });

  it("asks for credentials where the task's rule does", () => {
    const { paths } = made();
    expect(paths["/chat"]?.["post"]).not.toHaveProperty("security");
    expect(paths["/dated"]?.["post"]).not.toHaveProperty("security");
    for (const path of ["/deep/tree", "/either"])
      expect(paths[path]?.["post"]?.security).toEqual([{ bearer: [] }, { apiKey: [] }, { signature: [] }]);
  });

  it("allows everything where a schema can't be written down", () => {
    expect(made().components.schemas["dated.input"]).toEqual({});
  });

  it("holds no content of the product but its schemas", () => {
    const secret = defineTask({
      name: "secret",
      input: z.object({}),
      output: z.object({ text: z.string() }),
      textField: "text",
      allow: { roles: ["CANARY"] },
      prompt: () => ({ system: "CANARY", messages: [] }),
      local: () => ({ text: "CANARY" }),
    });
    expect(JSON.stringify(openApiDocument([secret]))).not.toContain("CANARY");
  });
});
