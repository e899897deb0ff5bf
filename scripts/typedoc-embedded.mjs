// A plugin of typedoc. What `Embedded` calls by another name is documented where it was declared: TypeScript loses the comment on the way.
import { Converter, ReflectionKind } from "typedoc";

/** The members of a struct inside another, by their names there: [[name inside, declaration]]. */
const embeddedIn = (reflection) =>
  (reflection.extendedTypes ?? []).flatMap((type) => {
    const [prefix, of] = type.type === "reference" && type.name === "Embedded" ? (type.typeArguments ?? []) : [];
    const inner = of?.type === "reference" ? of.reflection : undefined;
    if (prefix?.type !== "literal" || inner === undefined) return [];
    document(inner);
    const nameOf = (name) =>
      prefix.value === "" ? name : `${prefix.value}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return (inner.children ?? []).map((child) => [nameOf(child.name), child]);
  });

const document = (reflection) => {
  const found = new Map(embeddedIn(reflection));
  for (const child of reflection.children ?? []) child.comment ??= found.get(child.name)?.comment?.clone();
};

export const load = (app) => {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.Interface)) document(reflection);
  });
};
