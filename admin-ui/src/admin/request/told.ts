import { byField } from './field-problems.ts';
import { troubleOf, type Failure } from './trouble.ts';

/** What a form tells of a request that failed: beside each field, and below the rest, or why where no field is to blame. */
export function toldOf<Field extends string>(
  problem: Failure,
  fields: readonly Field[],
): { problems: Partial<Record<Field, string>>; trouble: string | null } {
  const told = byField(problem.fields, fields);
  const inFields = Object.keys(told.fields).length > 0 && told.other.length === 0;
  return { problems: told.fields, trouble: inFields ? null : troubleOf(problem, told.other) };
}
