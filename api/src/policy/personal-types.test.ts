import { buildSchema, getNamedType, isObjectType, isUnionType, type GraphQLNamedType } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { personalTypes, plainTypes } from './personal-types.ts';
import { rootFields, type Asked } from './root-fields.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
  (type) => type !== null && type !== undefined,
);
const objects = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type),
);

function reach(type: GraphQLNamedType, reached: Set<string>): Set<string> {
  if (reached.has(type.name)) return reached;
  reached.add(type.name);
  const next = isUnionType(type)
    ? type.getTypes()
    : isObjectType(type)
      ? Object.values(type.getFields()).map((field) => getNamedType(field.type))
      : [];
  next.forEach((one) => reach(one, reached));
  return reached;
}

/** By type: what the root fields that lead to it ask for. */
const asked = new Map<string, Set<Asked>>();
for (const field of roots.flatMap((type) => Object.values(type.getFields())))
  for (const name of reach(getNamedType(field.type), new Set()))
    asked.set(name, (asked.get(name) ?? new Set()).add(rootFields[field.name] ?? 'PUBLIC'));

describe('the policy names types', () => {
  it('each as one that tells of a person, or as one that does not', () => {
    const named = [...Object.keys(personalTypes), ...plainTypes];
    expect(named.toSorted()).toEqual(objects.map(({ name }) => name).toSorted());
  });

  it.each(Object.entries(personalTypes))('%s is reached by what is named, and by nothing else', (type, ways) => {
    expect([...(asked.get(type) ?? [])].toSorted()).toEqual([...new Set(ways)].toSorted());
  });
});
