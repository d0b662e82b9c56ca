import { oneOf, saidAs, unitPath } from '../filters/filter-query.ts';

export const roles = ['ADMIN', 'OFFICER', 'TRACER', 'ANALYST', 'AUDITOR'] as const;
export const accountFields = { role: saidAs('role', oneOf(...roles)), unit: unitPath };
