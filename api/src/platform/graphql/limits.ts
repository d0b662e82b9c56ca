import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  getNamedType,
  getNullableType,
  isListType,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { fieldExtensionsEstimator, getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import type { RequestContext } from './context.ts';
import { boundLiterals } from './input-bounds.ts';
import { Fault } from './problems.ts';

const mostCost = 20_000;
const mostKnown = 600;

// As many as lists without pages hold: the companions of a declaration, its passages, the units below a unit.
const longestList = 50;

/** A list costs as many times its nodes as it may return; without that, lists inside lists cost nothing and fetch millions. */
const byListSize: ComplexityEstimator = ({ args, childComplexity, field }) =>
  1 + lengthOf(args, field) * childComplexity;

function lengthOf(args: Record<string, unknown>, field: GraphQLField<unknown, unknown>): number {
  const { first, input } = args;
  if (typeof first === 'number') return Math.max(0, first);
  const declared: unknown = field.args.find((arg) => arg.name === 'first')?.defaultValue;
  if (typeof declared === 'number') return declared;
  // The edges of a page are counted by their connection; introspection has bounds of its own.
  const once =
    !isListType(getNullableType(field.type)) ||
    field.name === 'edges' ||
    getNamedType(field.type).name.startsWith('__');
  if (once) return 1;
  return Array.isArray(input) ? input.length : longestList;
}

const tooComplex = () =>
  new Fault('TOO_COMPLEX', {
    vi: 'Yêu cầu hỏi quá nhiều một lúc. Hãy chia nhỏ ra.',
    en: 'This asks for too much at once. Split it into smaller requests.',
  });

function countCost(
  schema: GraphQLSchema,
  query: DocumentNode,
  operationName: string | null,
  variables: Record<string, unknown>,
): number {
  const estimators = [fieldExtensionsEstimator(), byListSize];
  return getComplexity({ schema, query, variables, estimators, ...(operationName ? { operationName } : {}) });
}

/** What of a variable a cost depends on: how many are asked for or sent, and what is included. */
function weightOf(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} sent`;
  // A search without words finds as many as no search.
  if (typeof value === 'string') return value ? 'text' : 'none';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}

type Bound = (document: DocumentNode, operationName: string | null, variables: Record<string, unknown>) => number;

/**
 * Counts an operation's cost with its variables, defaults included, and refuses what is beyond the bound; a literal-only count misses
 * `first: $n`. Once for each document and weight of its variables: counting coerces every variable, which for 500 passages takes as
 * long as storing them.
 */
export function boundCost(schema: GraphQLSchema): Bound {
  const known = new WeakMap<DocumentNode, Map<string, number>>();
  return (document, operationName, variables) => {
    const costs = known.get(document) ?? new Map<string, number>();
    known.set(document, costs);
    const weights = Object.entries(variables).map(([name, value]) => [name, weightOf(value)]);
    const key = JSON.stringify([operationName, weights]);
    const cost = costs.get(key) ?? countCost(schema, document, operationName, variables);
    if (costs.size >= mostKnown) costs.clear();
    costs.set(key, cost);
    if (cost > mostCost) throw tooComplex();
    return cost;
  };
}

export function costPlugin(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  const costOf = boundCost(schema);
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue, document, operationName, request }) {
          const cost = costOf(document, operationName, request.variables ?? {});
          await contextValue.metered?.charge(cost);
        },
      };
    },
  };
}

/** Bounds that hold before anything runs: depth in fields, aliases, directives, tokens and the length of a text. */
export function armor(): { validationRules: ValidationRule[]; parseOptions: { maxTokens: number } } {
  const { validationRules } = new ApolloArmor({
    maxDepth: { enabled: true, n: 12, ignoreIntrospection: true, flattenFragments: true },
    maxAliases: { enabled: true, n: 15, allowList: [] },
    maxDirectives: { enabled: true, n: 20 },
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  return { validationRules: [...validationRules, boundLiterals], parseOptions: { maxTokens: 2_000 } };
}
