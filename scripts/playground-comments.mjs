// The tables' comments by constant: `attrs<LinkAttrs>("IFLA_", …)` and what stands above each property of LinkAttrs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const snake = (property) => property.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const constantOf = (callee, prefix, property) =>
  prefix + (callee === "attrs" ? snake(property).toUpperCase() : snake(property));

/**
 * Reads the declarations of a folder.
 * @param folder where they are
 * @returns by constant, on one line
 */
export const commentsOfTables = (folder) => {
  const interfaces = new Map();
  const tables = [];
  const visit = (node) => {
    if (ts.isInterfaceDeclaration(node)) {
      const docs = node.members.map((member) => [
        member.name?.getText(),
        ts
          .getJSDocCommentsAndTags(member)
          .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
          .join(" "),
      ]);
      interfaces.set(node.name.text, new Map(docs));
    }
    const callee = ts.isCallExpression(node) ? node.expression.getText() : "";
    if (/^(attrs|struct|openStruct)$/.test(callee) && node.typeArguments !== undefined) {
      const [first, second] = node.arguments;
      const prefix = (callee === "attrs" ? first : second)?.text ?? "";
      const spec = node.arguments.at(-1);
      const object =
        ts.isArrowFunction(spec) && ts.isParenthesizedExpression(spec.body) ? spec.body.expression : undefined;
      if (object !== undefined && ts.isObjectLiteralExpression(object)) {
        tables.push({ callee, prefix, type: node.typeArguments[0].getText(), properties: object.properties });
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    visit(ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.ES2022, true));
  }
  const out = {};
  for (const { callee, prefix, type, properties } of tables) {
    for (const property of properties) {
      // What is spread from another object stands there.
      if (!ts.isPropertyAssignment(property)) continue;
      const name = property.name.getText();
      const given = property.initializer.elements?.[2];
      const constant = given !== undefined && ts.isStringLiteral(given) ? given.text : constantOf(callee, prefix, name);
      const comment = interfaces.get(type)?.get(name)?.replace(/\s+/g, " ").trim();
      if (comment) out[constant] ??= comment;
    }
  }
  return out;
};
