import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, type OperationDefinitionNode, type ValidationRule } from 'graphql';
import type { RequestContext } from './context.ts';
import { FileContent } from './file-scalar.ts';
import type { Locale } from './locale.ts';
import { badInput } from './problems.ts';

const mostCharacters = 10_000;
const mostItems = 5_000;
const mostLevels = 16;

const texts = {
  characters: { vi: 'Quá dài: tối đa 10.000 ký tự.', en: 'Too long: 10,000 characters at most.' },
  items: { vi: 'Quá nhiều: tối đa 5.000 mục.', en: 'Too many: 5,000 items at most.' },
  levels: { vi: 'Lồng nhau quá sâu.', en: 'Nested too deeply.' },
} satisfies Record<string, Record<Locale, string>>;

/** Bounds that hold for every input, whatever it is for; each field has narrower ones of its own where it is read. */
export const boundVariables: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ request, operation }) {
        boundVariablesOf(operation, request.variables ?? {});
      },
    };
  },
};

/** Throws BAD_USER_INPUT for what is beyond them. */
export function boundVariablesOf(
  operation: OperationDefinitionNode | undefined,
  variables: Record<string, unknown>,
): void {
  const files = namesOfFiles(operation);
  check(Object.fromEntries(Object.entries(variables).filter(([name]) => !files.has(name))), []);
}

/** The variables that are files, each by its declared type; a request has the length of one. */
function namesOfFiles(operation: OperationDefinitionNode | undefined): Set<string> {
  const files = (operation?.variableDefinitions ?? []).filter(({ type }) => {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return named.kind === Kind.NAMED_TYPE && named.name.value === FileContent.name;
  });
  return new Set(files.map(({ variable }) => variable.name.value));
}

function check(value: unknown, path: string[]): void {
  if (typeof value === 'string' && value.length > mostCharacters) throw badInput({ [named(path)]: texts.characters });
  if (typeof value !== 'object' || value === null) return;
  if (path.length > mostLevels) throw badInput({ [named(path)]: texts.levels });
  if (Array.isArray(value) && value.length > mostItems) throw badInput({ [named(path)]: texts.items });
  for (const [key, inner] of Object.entries(value)) check(inner, [...path, key]);
}

/** A key of the client's own making may hold a person's number, and is not repeated. */
const named = (path: string[]): string =>
  path.map((key) => (/^([A-Za-z]{1,40}|\d{1,4})$/.test(key) ? key : '…')).join('.');

/** The same for a text that stands in the query itself. */
export const boundLiterals: ValidationRule = (context) => ({
  StringValue(node) {
    if (node.value.length > mostCharacters) context.reportError(new GraphQLError(texts.characters.en, { nodes: node }));
  },
});
