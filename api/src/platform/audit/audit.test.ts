import { describe, expect, it } from 'vitest';
import { auditValues, leafHash } from './audit.ts';

const entry = { provinceCode: '38', actorId: null, role: 'ADMIN', unitId: '38@2021', action: 'checkpoint.create' };

describe('an audit entry', () => {
  it('carries the hash of its own columns', () => {
    const { provinceCode, values } = auditValues(entry);
    expect(values.at(-1)).toEqual(leafHash(provinceCode, values.slice(0, -1)));
  });

  it('hashes alike whatever the order of the detail, as the database does not keep it', () => {
    const detail = (order: Record<string, unknown>) => auditValues({ ...entry, detail: order }).values[10];
    expect(detail({ b: { d: 1, c: [2] }, a: 3 })).toBe(detail({ a: 3, b: { c: [2], d: 1 } }));
  });

  it.each([0, 1, 3, 10])('has another hash when column %i is changed', (column) => {
    const { provinceCode, values } = auditValues(entry);
    const columns = values.slice(0, -1);
    expect(leafHash(provinceCode, columns.with(column, 'x'))).not.toEqual(leafHash(provinceCode, columns));
  });

  it('has another hash in another province', () => {
    const columns = auditValues(entry).values.slice(0, -1);
    expect(leafHash('01', columns)).not.toEqual(leafHash('38', columns));
  });
});
