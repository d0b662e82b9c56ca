import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDays, leastDays } from '#api/retention/retention-days.ts';
import { retentionSettings } from '#api/config-retention.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/security-and-privacy.md'), 'utf8');

// The requirements that findings/security.md section 2 lists, and 14.3.3 of its section 5.
const required =
  `1.2.4 1.2.10 1.3.6 2.2.1 2.3.3 2.3.4 2.4.1 3.4.1 3.5.1 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.4 5.2.1 5.2.3 6.2.12
  6.3.1 6.3.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.5.2 8.2.1 8.4.1 9.1.1 10.3.1 11.3.2 11.4.2 11.5.1 13.2.2 13.3.1 13.4.2 13.4.5
  14.2.1 14.3.1 14.3.2 14.3.3 15.1.2 15.3.3 15.3.6 16.2.5 16.3.2 16.4.1 16.4.2 16.5.1 16.5.3`.split(/\s+/);

test('every test that the security page names exists', () => {
  const named = [...page.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every requirement has a row that names a test, or says that it is not met', () => {
  const rows = page.split('\n').filter((line) => /^\| \d+\.\d+\.\d+/.test(line));
  for (const id of required) {
    const row = rows.find((line) =>
      line
        .split('|')[1]
        ?.split(/[\s,]+/)
        .includes(id),
    );
    expect(row, id).toMatch(/`[\w./-]+\.test\.ts`|not met/);
  }
});

test('the retention table says what the settings are', () => {
  for (const [kind, setting] of Object.entries(retentionSettings)) {
    const cells = page
      .split('\n')
      .find((line) => line.includes(`| ${setting} `))
      ?.split('|')
      .map((cell) => cell.trim().replace(',', ''));
    const days = [defaultDays, leastDays].map((all) => String(all[kind as keyof typeof defaultDays]));
    expect(cells?.slice(3, 5), setting).toEqual(days);
  }
});
