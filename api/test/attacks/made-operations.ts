import {
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { reachOf } from '../../src/policy/policy.ts';
import { rootFields } from '../../src/policy/root-fields.ts';
import { roles } from '../../src/policy/viewer.ts';

export interface MadeOperation {
  field: string;
  document: string;
  /** Every argument and every field of every input, filled in with something of the right type. */
  variables: Record<string, unknown>;
  /** An account that may ask it; 'APP' where only partner apps may. */
  as: string | undefined;
}

/** One operation for every root field that takes arguments: what is added to the schema is attacked too. */
export function makeOperations(schema: GraphQLSchema): MadeOperation[] {
  const of = (kind: 'query' | 'mutation', fields: Record<string, GraphQLField<unknown, unknown>>) =>
    Object.values(fields)
      .filter(({ args }) => args.length > 0)
      .map((field) => makeOperation(kind, field));
  return [
    ...of('query', schema.getQueryType()?.getFields() ?? {}),
    ...of('mutation', schema.getMutationType()?.getFields() ?? {}),
  ];
}

function makeOperation(kind: string, { name, args, type }: GraphQLField<unknown, unknown>): MadeOperation {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isCompositeType(getNamedType(type)) ? ' { __typename }' : '';
  return {
    field: name,
    document: `${kind} (${declared}) { ${name}(${given})${selection} }`,
    variables: Object.fromEntries(args.map((arg) => [arg.name, exampleOf(arg.type)])),
    as: whoMay(name),
  };
}

function whoMay(field: string): string | undefined {
  const asked = rootFields[field];
  if (!asked || asked === 'PUBLIC') return undefined;
  const role = asked === 'SIGNED_IN' ? 'ANALYST' : roles.find((one) => reachOf({ roles: [one] }, asked) !== null);
  return role ? `${role.toLowerCase()}.38` : 'APP';
}

/** A file may be as long as a request is. */
export const aFile = 'YQ==';

/** The key in the example of a JSONObject: what stands below it may have any fields. */
export const anyKey = '==';

const examples: Record<string, unknown> = {
  Boolean: true,
  Int: 1,
  Float: 1.5,
  ID: '018f0000-0000-7000-8000-000000000000',
  String: 'a',
  DateTime: '2021-08-23T07:05:00Z',
  LocalDate: '2021-08-23',
  BirthDate: '1990',
  IdNumber: '038190000000',
  PhoneNumber: '+84912345678',
  FileContent: aFile,
  JSONObject: { [anyKey]: [{ var: 'purpose' }, 'TRANSPORT'] },
};

function exampleOf(given: GraphQLInputType): unknown {
  const type = getNullableType(given);
  if (isListType(type)) return [exampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, exampleOf(field.type)]));
  const example = examples[type.name];
  if (example === undefined) throw new Error(`No example of the scalar ${type.name} is known here.`);
  return structuredClone(example);
}
