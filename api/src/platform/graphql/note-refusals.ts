import {
  defaultFieldResolver,
  getNamedType,
  isNonNullType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from './context.ts';
import { faultBehind } from './format-error.ts';

type RootField = GraphQLField<unknown, RequestContext, Record<string, unknown>>;

const refusing = new Set<unknown>(['FORBIDDEN', 'NOT_FOUND', 'RATE_LIMITED']);
const withoutKind = new Set(['Boolean', 'JSONObject']);

/** Notes in the request's trail what a root field refuses, and what it was asked for by id and does not give. */
export function noteRefusals(schema: GraphQLSchema): void {
  const { query, mutation } = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  for (const type of [query, mutation])
    for (const field of Object.values<RootField>(type?.getFields() ?? {}))
      field.resolve = noting(field, type === query, field.resolve ?? defaultFieldResolver);
  for (const field of Object.values<RootField>(schema.getSubscriptionType()?.getFields() ?? {}))
    field.subscribe = noting(field, false, field.subscribe ?? defaultFieldResolver);
}

type Resolve = GraphQLFieldResolver<unknown, RequestContext, Record<string, unknown>>;

function noting(field: RootField, reads: boolean, resolve: Resolve): Resolve {
  const asksForOne = reads && !isNonNullType(field.type) && field.args.some(({ name }) => name === 'id');
  const kind = getNamedType(field.type).name;
  const subjectKind = withoutKind.has(kind) ? null : kind.charAt(0).toLowerCase() + kind.slice(1);

  return async (source, args, context, info) => {
    const note = (code: string) => {
      const { id: subjectId, checkpointId } = args;
      context.trail.refused({ field: field.name, code, subjectKind, subjectId, checkpointId });
    };
    try {
      const answer: unknown = await resolve(source, args, context, info);
      if (asksForOne && answer === null) note('NOT_FOUND');
      return answer;
    } catch (error) {
      const code = faultBehind(error)?.extensions['code'];
      if (refusing.has(code)) note(String(code));
      throw error;
    }
  };
}
