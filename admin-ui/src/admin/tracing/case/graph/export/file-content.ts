import type { ContactOfCase } from '../../contacts.ts';
import type { Shown } from '../shown.ts';
import type { CasePerson } from '../stage/marks.ts';

/** What a file of a graph holds. */
export interface FileContent {
  person: CasePerson;
  contacts: readonly ContactOfCase[];
  shown: Shown;
}
