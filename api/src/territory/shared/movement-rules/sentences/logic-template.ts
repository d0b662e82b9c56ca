/** JsonLogic, as it is stored. */
export type Logic = null | boolean | number | string | readonly Logic[] | { readonly [operator: string]: Logic };

/** What stands in blanks, by their names. */
type Filled = Readonly<Record<string, Logic>>;

class Blank {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
class Each {
  readonly name: string;
  readonly part: Template;
  constructor(name: string, part: Template) {
    this.name = name;
    this.part = part;
  }
}

/** JsonLogic with blanks. */
export type Template =
  null | boolean | number | string | Blank | Each | readonly Template[] | { readonly [operator: string]: Template };

/** Takes a value as it is. */
export const blank = (name: string): Template => new Blank(name);
/** Takes a list, and makes one part of each of its items: `part` holds the blank `item`. */
export const each = (name: string, part: Template): Template => new Each(name, part);
export const fact = (name: string): Template => ({ var: name });

/** The template with its blanks filled in. */
export function fill(template: Template, values: Filled): Logic {
  if (template instanceof Blank) return values[template.name] ?? null;
  if (template instanceof Each) {
    const items = values[template.name];
    return isList(items) ? items.map((item) => fill(template.part, { item })) : [];
  }
  if (isList(template)) return template.map((part) => fill(part, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([operator, part]) => [operator, fill(part, values)]));
}

/** What stands in the blanks of a logic of this shape; null where its shape is another. */
export function match(template: Template, logic: Logic): Filled | null {
  if (template instanceof Blank) return { [template.name]: logic };
  if (template instanceof Each) return isList(logic) ? matchEach(template, logic) : null;
  if (typeof template !== 'object' || template === null) return template === logic ? {} : null;
  if (typeof logic !== 'object' || logic === null || isList(template) !== isList(logic)) return null;
  return matchParts(Object.entries(template), new Map(Object.entries(logic)));
}

function matchParts(parts: [string, Template][], logic: ReadonlyMap<string, Logic>): Filled | null {
  if (parts.length !== logic.size) return null;
  let found: Filled = {};
  for (const [key, part] of parts) {
    const below = logic.get(key);
    const matched = below === undefined ? null : match(part, below);
    if (!matched) return null;
    found = { ...found, ...matched };
  }
  return found;
}

function matchEach({ name, part }: Each, logic: readonly Logic[]): Filled | null {
  const items = logic.flatMap((item) => match(part, item)?.['item'] ?? []);
  return items.length === logic.length ? { [name]: items } : null;
}

const isList = <T>(value: T): value is T & readonly Exclude<T, undefined>[] => Array.isArray(value);
