import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isInputObjectType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const source = join(root, 'api/src');

// By the address that the settings name; the demo's simulator of it is never loaded in production.
const populationDatabase = join('registry', 'gateway', 'exchange.ts');

it('the server asks nobody but the population database, so no address that is sent to it can be fetched', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(150);
  const asking = /\bfetch\(|from 'node:(https?|tls|dns)'|https?\.(request|get)\(|undici|axios|\bgot\(/;
  const found = files
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('demo'))
    // A type asks nobody.
    .filter((file) => asking.test(readFileSync(join(source, file), 'utf8').replace(/^import type .*$/gm, '')));
  expect(found).toEqual([populationDatabase]);
});

it('no input is an address', () => {
  const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
  const types = Object.values(schema.getTypeMap());
  const inputs = types.filter(isInputObjectType).flatMap((type) => Object.keys(type.getFields()));
  const args = types
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).flatMap((field) => field.args.map(({ name }) => name)));
  expect([...inputs, ...args].filter((name) => /url|uri|href|webhook|callback|host/i.test(name))).toEqual([]);
});
