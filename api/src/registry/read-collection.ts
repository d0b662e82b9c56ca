import { failed } from './gateway/failure.ts';
import { readRecord, type Fields } from './read-record.ts';
import type { RegistryAnswer } from './registry-port.ts';

/** What a collection of people answers to a question about one. */
export function readCollection(people: readonly Fields[]): RegistryAnswer {
  const [person] = people;
  if (!person) return { kind: 'NOT_FOUND' };
  if (people.length > 1) return failed('FAULT', false, 'more than one person');
  const record = readRecord(person);
  return record ? { kind: 'FOUND', record } : failed('FAULT', false, 'a person without a name');
}
