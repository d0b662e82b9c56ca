import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guardRootFields, rootFields } from './root-fields.ts';

const schema = () => buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));

describe('the policy names root fields', () => {
  it('every one that the schema has, and none that it has not', () => {
    const roots = [schema().getQueryType(), schema().getMutationType()];
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
});
