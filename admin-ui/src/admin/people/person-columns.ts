import { h } from 'vue';
import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import { VerdictFragmentDoc } from '../../gql/admin/graphql.ts';
import type { Column } from '../lists/column.ts';
import { ownProvince } from '../own-province.ts';
import { t } from '../texts.ts';
import { shortPlace } from '../unit-place.ts';
import { verdictWords } from '../verdict/verdict-words.ts';
import type { FoundPerson } from './found-person.ts';
import PersonName from './PersonName.vue';

const whyFound = ({ foundBy }: FoundPerson) => foundBy.map((by) => t(`people.foundBy.${by}`)).join(', ');

export const personColumns: readonly Column<FoundPerson>[] = [
  { key: 'name', title: true, text: ({ fullName }) => fullName, draw: (row) => h(PersonName, { row }) },
  { key: 'born', text: ({ dateOfBirth }) => formatBirthDate(dateOfBirth) },
  { key: 'document', text: ({ documentMasked }) => documentMasked ?? '', from: 'wide' },
  { key: 'phone', text: ({ phoneMasked }) => phoneMasked ?? '', from: 'wider', extra: true },
  {
    key: 'home',
    text: ({ permanentAddress }) => (permanentAddress ? shortPlace(permanentAddress.unit, ownProvince.value) : ''),
    from: 'wider',
  },
  {
    key: 'verdict',
    text: ({ verification }) => verdictWords(getFragmentData(VerdictFragmentDoc, verification)),
    from: 'wider',
  },
  { key: 'why', text: whyFound, from: 'wide' },
];
