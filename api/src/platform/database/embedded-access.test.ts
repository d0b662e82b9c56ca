import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { barrierFor, makeReachable } from './embedded-access.ts';

const stranger = { uid: 65_534, groups: [65_534] };
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cordon-access-'));
  chmodSync(home, 0o755);
  mkdirSync(join(home, 'outer/inner'), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true }));

test('a directory that every user may enter is no barrier, whether the path below it is there yet or not', () => {
  expect(barrierFor(stranger, join(home, 'outer/inner/data/postgres'))).toBeNull();
});

test('a directory that keeps others out is named, the outermost first', () => {
  chmodSync(join(home, 'outer'), 0o700);
  chmodSync(join(home, 'outer/inner'), 0o700);
  expect(barrierFor(stranger, join(home, 'outer/inner/data'))).toBe(join(home, 'outer'));
});

test('its owner and its group are let in by their own rights', () => {
  const { uid, groups } = { uid: process.getuid?.() ?? 0, groups: process.getgroups?.() ?? [] };
  chmodSync(join(home, 'outer'), 0o700);
  expect(barrierFor({ uid, groups: [] }, join(home, 'outer/inner'))).toBeNull();
  expect(barrierFor({ uid: 65_534, groups }, join(home, 'outer/inner'))).toBe(join(home, 'outer'));
  chmodSync(join(home, 'outer'), 0o710);
  expect(barrierFor({ uid: 65_534, groups }, join(home, 'outer/inner'))).toBeNull();
});

test.runIf(process.getuid?.() === 0)('data in a home of root’s own stands where the user postgres may go', () => {
  expect(makeReachable(join(home, 'outer/data')).directory).toBe(join(home, 'outer/data'));
  chmodSync(join(home, 'outer'), 0o700);
  const [one, other] = [makeReachable(join(home, 'outer/data')), makeReachable(join(home, 'outer/other'))];
  expect(one.directory).toMatch(/^\/var\/lib\/cordon\/[0-9a-f]{12}\/postgres$/);
  expect(other.directory).not.toBe(one.directory);
});
