import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unmeantBreaks } from './history.ts';
import { undescribed } from './rules.ts';

test('every part of the schema without a description is named', () => {
  const schema = buildSchema(`
    type Query { "Seen." passage("Its id." id: ID!, at: String): Passage old: Kind }
    "A passage." type Passage { id: ID! }
    enum Kind { "One." ONE TWO }
    "What to record." input PassageInput { id: ID! }
  `);
  expect(undescribed(schema)).toEqual([
    'Query.old',
    'Query.passage(at:)',
    'Passage.id',
    'Kind',
    'Kind.TWO',
    'PassageInput.id',
  ]);
});

const one = 'type Query { a: Int b: Int }';
const less = 'type Query { a: Int }';
let repository: string;
const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, stdio: 'ignore' });
const commit = (schema: string, message: string) => {
  writeFileSync(join(repository, 'schema.graphql'), schema);
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-m', message);
};
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'schema-'));
  git('init');
});
afterEach(() => rmSync(repository, { recursive: true }));

test('a breaking change is refused unless its commit says why', async () => {
  commit(one, 'First');
  commit(less, 'Take b away');
  const [found, ...others] = await unmeantBreaks(repository, '2000-01-01T00:00:00Z', less);
  expect(found).toContain("Field 'b' was removed");
  expect(others).toEqual([]);

  commit(one, 'Give it back');
  commit(less, 'Take b away\n\nBreaking-Schema: no client ever asked for it');
  expect(await unmeantBreaks(repository, '2000-01-01T00:00:00Z', less)).toHaveLength(1);
});

test('a breaking change that is not committed yet is refused, an addition is not', async () => {
  commit(one, 'First');
  expect(await unmeantBreaks(repository, '2000-01-01T00:00:00Z', less)).toHaveLength(1);
  expect(await unmeantBreaks(repository, '2000-01-01T00:00:00Z', 'type Query { a: Int b: Int c: Int }')).toEqual([]);
});

test('before the schema stands, it may change as it likes', async () => {
  commit(one, 'First');
  commit(less, 'Take b away');
  expect(await unmeantBreaks(repository, '2999-01-01T00:00:00Z', 'type Query { z: Int }')).toEqual([]);
});
