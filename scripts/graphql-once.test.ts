import 'reflect-metadata';
import { createRequire } from 'node:module';
import { graphql, GraphQLSchema } from 'graphql';
import { buildSchemaSync, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { expect, test } from 'vitest';

@ObjectType()
class Place {
  @Field(() => String)
  name!: string;
}

@Resolver(() => Place)
class Places {
  @Query(() => Place)
  place(): Place {
    return Object.assign(new Place(), { name: 'Thanh Hóa' });
  }
}

test('tests and packages share one graphql: a schema of type-graphql runs under ours', async () => {
  const schema = buildSchemaSync({ resolvers: [Places], validate: false });
  expect(await graphql({ schema, source: '{ place { name } }' })).toEqual({ data: { place: { name: 'Thanh Hóa' } } });
  expect(createRequire(import.meta.url)('graphql')).toHaveProperty('GraphQLSchema', GraphQLSchema);
});

test('a described field is not defined on the object until it is set', () => {
  expect(Object.keys(new Place())).toEqual([]);
});
