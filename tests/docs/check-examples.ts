import { dirname, join } from "node:path";
import ts from "typescript";

/** Type-checks files with the strict settings of the tests. Returns one line for each mistake, by file. */
export function checkExamples(
  root: string,
  files: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const configPath = join(root, "tests/tsconfig.json");
  const config = ts.readConfigFile(configPath, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, dirname(configPath));
  const program = ts.createProgram([...files], { ...options, incremental: false, noEmit: true });
  return new Map(
    files.map((file) => {
      const source = program.getSourceFile(file);
      if (source === undefined) throw new Error(`${file} is not part of the program.`);
      const diagnostics = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
      return [file, [...diagnostics.map(describe), ...escapeHatches(source)]];
    }),
  );
}

function describe({ file, start, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n");
  return file === undefined ? text : `line ${lineAt(file, start ?? 0)}: ${text}`;
}

const lineAt = (file: ts.SourceFile, position: number) =>
  file.getLineAndCharacterOfPosition(position).line + 1;

/** Readers copy examples: one that needs a cast, a `!` or an `any` shows that the types are not good enough. */
function escapeHatches(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isCast = ts.isAsExpression(node) && !ts.isConstTypeReference(node.type);
    const isEscape =
      isCast ||
      ts.isTypeAssertionExpression(node) ||
      ts.isNonNullExpression(node) ||
      node.kind === ts.SyntaxKind.AnyKeyword;
    if (isEscape) found.push(`line ${lineAt(source, node.getStart())}: no casts, no "!", no any in examples`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
