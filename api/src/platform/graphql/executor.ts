import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import {
  GraphQLError,
  OperationTypeNode,
  defaultFieldResolver,
  getVariableValues,
  isAbstractType,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Logger } from '../observability/logger.ts';
import type { RequestContext } from './context.ts';
import { faultBehind } from './format-error.ts';
import { Fault } from './problems.ts';

const mostCompiled = 500;

export interface Operation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  operationName: string | null;
  queryHash: string;
  variables: Record<string, unknown>;
  context: RequestContext;
  /** Of a subscription: what happened. */
  event?: object;
}

/** Gives each root field of a mutation a transaction of its own: the one before is committed first, one that throws is undone. */
export function isolateMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context: RequestContext, info) => {
      await context.transactions.commit();
      try {
        return await resolve(source, args, context, info);
      } catch (error) {
        await context.transactions.rollback();
        throw error;
      }
    };
  }
}

/** graphql-jit wants a member's name at once, type-graphql answers with a promise: results are instances, named as their types. */
export function nameTypesAtOnce(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value: object) => value.constructor.name;
  }
}

const noSuchOperation = () =>
  new Fault('OPERATION_RESOLUTION_FAILURE', {
    vi: 'Không rõ cần chạy thao tác nào: operationName thiếu hoặc sai.',
    en: 'Which operation to run is not clear: operationName is missing or unknown.',
  });

const overSockets = () =>
  new Fault('BAD_REQUEST', {
    vi: 'Đăng ký theo dõi chỉ đi qua WebSocket (graphql-ws).',
    en: 'Subscriptions go over WebSocket (graphql-ws).',
  });

/** Executes operations compiled once each, and ends their transactions before anything leaves. */
export function createExecutor(
  schema: GraphQLSchema,
  logger: Logger,
): (operation: Operation) => Promise<ExecutionResult> {
  const compiled = new Map<string, CompiledQuery>();

  function compile({ document, operationName, queryHash }: Operation): CompiledQuery | ExecutionResult {
    const key = `${queryHash}:${operationName ?? ''}`;
    const known = compiled.get(key);
    if (known) return known;
    const query = compileQuery(schema, document, operationName ?? undefined, { disableLeafSerialization: false });
    if (!isCompiledQuery(query)) return query;
    if (compiled.size >= mostCompiled) compiled.delete(compiled.keys().next().value ?? '');
    compiled.set(key, query);
    return query;
  }

  return async (operation) => {
    if (!operation.operation) return { errors: [noSuchOperation()] };
    if (operation.operation.operation === OperationTypeNode.SUBSCRIPTION && !operation.event)
      return { errors: [overSockets()] };
    const query = compile(operation);
    if (!isCompiledQuery(query)) return query;
    const { transactions, trail } = operation.context;
    try {
      const result = await query.query(operation.event, operation.context, operation.variables);
      if (result.data === undefined) return { errors: coercionErrors(schema, operation) ?? result.errors ?? [] };
      return await settle(operation.context).then(
        () => result,
        (error: unknown) => ({ data: null, errors: withoutData(result, error) }),
      );
    } catch (error) {
      await transactions.rollback();
      throw error;
    } finally {
      // What was refused stays so, entered or not.
      await trail
        .enterRefusals()
        .catch(({ name }: Error) => logger.error({ error: name }, 'a refusal was not entered'));
    }
  };
}

/** Enters who was looked at and commits, queries too: nothing is shown that did not reach the audit trail. */
async function settle({ transactions, trail }: RequestContext): Promise<void> {
  try {
    await trail.enterLooks(transactions.open);
    await transactions.commit();
  } catch (error) {
    await transactions.rollback();
    throw error;
  }
}

/** The errors of a result whose transaction came to nothing: where a statement failed they tell why, else the COMMIT did. */
function withoutData({ errors = [] }: ExecutionResult, failure: unknown): readonly GraphQLError[] {
  const explained = errors.some(
    (error) => faultBehind(error)?.extensions['code'] === 'UNAVAILABLE' || !faultBehind(error),
  );
  if (explained) return errors;
  return [
    ...errors,
    failure instanceof GraphQLError ? failure : new GraphQLError('', { originalError: failure as Error }),
  ];
}

/** graphql-jit says that a variable is wrong, but not where; graphql-js tells the path, and is asked only then. */
function coercionErrors(schema: GraphQLSchema, { operation, variables }: Operation) {
  return getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors;
}
