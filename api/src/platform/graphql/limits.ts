import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { GraphQLSchema, ValidationRule } from 'graphql';
import { fieldExtensionsEstimator, getComplexity, simpleEstimator, type ComplexityEstimator } from 'graphql-query-complexity';
import type { RequestContext } from './context.ts';
import { Fault } from './problems.ts';

const mostCost = 20_000;

/** A list costs as many times its nodes as it may return: `first` where the field has it, else a guess. */
const byPageSize: ComplexityEstimator = ({ args, childComplexity, field }) => {
  const first: unknown = args['first'];
  if (typeof first === 'number') return 1 + Math.max(0, first) * childComplexity;
  const declared = field.args.find((arg) => arg.name === 'first')?.defaultValue as number | undefined;
  return declared === undefined ? undefined : 1 + declared * childComplexity;
};

const tooComplex = () =>
  new Fault('TOO_COMPLEX', {
    vi: 'Yêu cầu hỏi quá nhiều một lúc. Hãy chia nhỏ ra.',
    en: 'This asks for too much at once. Split it into smaller requests.',
  });

/** Counts an operation's cost with its variables, defaults included; a literal-only count misses `first: $n`. */
export function costPlugin(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operationName, request }) {
          const cost = getComplexity({
            schema,
            query: document,
            variables: request.variables ?? {},
            ...(operationName ? { operationName } : {}),
            estimators: [fieldExtensionsEstimator(), byPageSize, simpleEstimator({ defaultComplexity: 1 })],
          });
          if (cost > mostCost) throw tooComplex();
        },
      };
    },
  };
}

/** Bounds that hold before anything runs: depth, aliases, directives and tokens, introspection included. */
export function armor(): { validationRules: ValidationRule[]; parseOptions: { maxTokens: number } } {
  const { validationRules } = new ApolloArmor({
    maxDepth: { enabled: true, n: 12, ignoreIntrospection: true, propagateOnRejection: true },
    maxAliases: { enabled: true, n: 15 },
    maxDirectives: { enabled: true, n: 20 },
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  return { validationRules, parseOptions: { maxTokens: 2_000 } };
}
