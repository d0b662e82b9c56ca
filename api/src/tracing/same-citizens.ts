import type { Transaction } from '../platform/database/transaction.ts';
import type { CitizenKey } from '../people/citizens.service.ts';
import { TracedPeople } from './trace/traced-people.ts';

/** Of each of these people all citizens that these provinces know: in each whom they are merged with there, and by their numbers. */
export async function citizensOfEach(
  tx: Transaction,
  provinces: readonly string[],
  people: readonly CitizenKey[],
): Promise<Array<readonly CitizenKey[]>> {
  const same = new TracedPeople(tx, provinces, '');
  await same.learn(people);
  return people.map((person) => same.citizensOf(same.keyOf(person)));
}
