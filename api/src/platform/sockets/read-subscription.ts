import {
  GraphQLError,
  OperationTypeNode,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { boundVariablesOf } from '../graphql/input-bounds.ts';
import { armor, boundCost } from '../graphql/limits.ts';
import { Fault } from '../graphql/problems.ts';

export interface ReadSubscription {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  operationName: string | null;
  query: string;
  variables: Record<string, unknown>;
}

export interface SentSubscription {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

const mostKept = 200;

const onlySubscriptions = () =>
  new Fault('BAD_REQUEST', {
    vi: 'Ở đây chỉ nhận subscription; các yêu cầu khác gửi qua HTTP.',
    en: 'Only subscriptions are taken here; send anything else over HTTP.',
  });

const coded = (code: string, errors: readonly GraphQLError[]) =>
  errors.map((error) => new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions: { code } }));

/** Reads subscriptions by the bounds that hold over HTTP too. Throws a Fault, or answers what is wrong with the text. */
export function subscriptionReader(
  schema: GraphQLSchema,
): (sent: SentSubscription) => ReadSubscription | GraphQLError[] {
  const { validationRules, parseOptions } = armor();
  const bound = boundCost(schema);
  const kept = new Map<string, DocumentNode>();

  function documentOf(query: string): DocumentNode | GraphQLError[] {
    const known = kept.get(query);
    if (known) return known;
    let document: DocumentNode;
    try {
      document = parse(query, parseOptions);
    } catch (error) {
      return coded('GRAPHQL_PARSE_FAILED', [error as GraphQLError]);
    }
    const wrong = validate(schema, document, [...specifiedRules, ...validationRules]);
    if (wrong.length > 0) return coded('GRAPHQL_VALIDATION_FAILED', wrong);
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '');
    kept.set(query, document);
    return document;
  }

  return ({ query, operationName = null, variables }) => {
    const document = documentOf(query);
    if (Array.isArray(document)) return document;
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) throw onlySubscriptions();
    const read = { document, operation, operationName, query, variables: variables ?? {} };
    boundVariablesOf(operation, read.variables);
    bound(document, operationName, read.variables);
    return read;
  };
}
