import { h } from 'vue';
import type { Column } from '../../lists/column.ts';
import { formatMoment } from '../../moments.ts';
import { wholePlace } from '../../unit-place.ts';
import ContactName from './ContactName.vue';
import ContactReasons from './ContactReasons.vue';
import type { ContactOfCase } from './contacts.ts';
import { linkWords } from './link-words.ts';
import { stateText } from './state-text.ts';

export const contactColumns: readonly Column<ContactOfCase>[] = [
  { key: 'person', title: true, text: ({ citizen }) => citizen.fullName, draw: (row) => h(ContactName, { row }) },
  { key: 'generation', text: ({ generation }) => `F${generation}`, from: 'wide' },
  {
    key: 'reasons',
    text: ({ links }) => links.map(linkWords).join('; '),
    draw: (row) => h(ContactReasons, { row }),
    from: 'wide',
  },
  {
    key: 'exposed',
    text: ({ firstExposedAt }) => (firstExposedAt ? formatMoment(firstExposedAt) : ''),
    from: 'wider',
    extra: true,
  },
  { key: 'unit', text: ({ followUp }) => (followUp ? wholePlace(followUp.unit) : ''), from: 'wider' },
  { key: 'state', text: stateText, from: 'wide' },
];
