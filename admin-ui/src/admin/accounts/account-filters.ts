import { oneOf, unitPath } from '../filters/filter-query.ts';

export const roles = ['ADMIN', 'OFFICER', 'TRACER', 'ANALYST', 'AUDITOR'] as const;
export const accountFields = { role: oneOf(...roles), unit: unitPath };
