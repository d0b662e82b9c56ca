import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { barrierFor } from './embedded-access.ts';

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
