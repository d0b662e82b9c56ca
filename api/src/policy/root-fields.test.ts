import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guardRootFields, rootFields } from './root-fields.ts';

const schema = () => buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));

describe('the policy names root fields', () => {
  it('every one that the schema has, and none that it has not', () => {
    const roots = [schema().getQueryType(), schema().getMutationType(), schema().getSubscriptionType()];
    const named = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
    expect(Object.keys(rootFields).sort()).toEqual(named.sort());
  });

  it('a field that it does not name keeps the server from starting', () => {
    const forgotten = buildSchema('type Query { viewer: String, everybodysNumbers: [String] }');
    expect(() => guardRootFields(forgotten)).toThrow(/everybodysNumbers/);
  });

  it('is asked before the resolver, which then never runs', () => {
    const guarded = guardRootFields(buildSchema('type Query { accounts: String }'));
    const resolve = guarded.getQueryType()?.getFields()['accounts']?.resolve;
    expect(() => resolve?.({}, {}, { viewer: null }, {} as never)).toThrow(/Sign in/);
  });

  it('gives a resolver null for what was not sent, and leaves defaults and what was sent', () => {
    const given: unknown[] = [];
    const asked = buildSchema('type Query { viewer(one: Int, two: Int, three: Int = 3): String }');
    const viewer = asked.getQueryType()?.getFields()['viewer'];
    if (viewer) viewer.resolve = (_, args: unknown) => given.push(args);
    guardRootFields(asked);
    viewer?.resolve?.({}, { two: 2 }, {}, {} as never);
    expect(given).toEqual([{ one: null, two: 2 }]);
  });
});
