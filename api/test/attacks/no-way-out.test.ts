import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isInputObjectType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const source = join(root, 'api/src');

// The population database and the webhooks of partners will be the two exceptions, by addresses of the configuration.
it('the server makes no request of its own, so no address that is sent to it can be fetched', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(150);
  const asking = /\bfetch\(|from 'node:https?'|from 'node:(tls|dns)'|https?\.(request|get)\(|undici|axios|\bgot\(/;
  const found = files.filter(
    (file) => !file.endsWith('.test.ts') && asking.test(readFileSync(join(source, file), 'utf8')),
  );
  expect(found).toEqual([]);
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
