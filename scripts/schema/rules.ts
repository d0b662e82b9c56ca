import { CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Every type, field, argument, input field and enum value that says nothing of itself: Passage.occurredAt and so on. */
export function undescribed(schema: GraphQLSchema): string[] {
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return own.flatMap((type) => [...named(type), ...partsOf(type)]).filter((name) => name !== '');
}

const roots = new Set(['Query', 'Mutation', 'Subscription']);
const named = (type: GraphQLNamedType) => (type.description || roots.has(type.name) ? [] : [type.name]);

function partsOf(type: GraphQLNamedType): string[] {
  const silent = (parts: readonly { name: string; description?: string | null | undefined }[], of: string) =>
    parts.filter(({ description }) => !description).map(({ name }) => `${of}.${name}`);
  if (isEnumType(type)) return silent(type.getValues(), type.name);
  if (isInputObjectType(type)) return silent(Object.values(type.getFields()), type.name);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields());
  return [
    ...silent(fields, type.name),
    ...fields.flatMap(({ name, args }) =>
      args.filter((arg) => !arg.description).map((arg) => `${type.name}.${name}(${arg.name}:)`),
    ),
  ];
}

/** What a client made for the old schema could stumble over in the new one. */
export async function breakingChanges(before: string, after: string): Promise<string[]> {
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message);
}
