import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import { toCsv } from '../../../../lists/export/csv.ts';
import { formatMoment } from '../../../../moments.ts';
import { t } from '../../../../texts.ts';
import { wholePlace } from '../../../../unit-place.ts';
import type { ContactOfCase, Link } from '../../contacts.ts';
import { linkWords } from '../../link-words.ts';
import { stateText } from '../../state-text.ts';
import type { FileContent } from './file-content.ts';

const moment = (at: string | null | undefined): string => (at ? formatMoment(at) : '');

const ofPerson = (contact: ContactOfCase): string[] => {
  const { generation, citizen, followUp, firstExposedAt, lastExposedAt } = contact;
  return [
    `F${generation}`,
    citizen.fullName,
    formatBirthDate(citizen.dateOfBirth),
    followUp ? wholePlace(followUp.unit) : '',
    stateText(contact),
    moment(firstExposedAt),
    moment(lastExposedAt),
  ];
};

const ofLink = (link: Link): string[] => [
  link.sourceName,
  t(`contacts.choices.kind.${link.kind}`),
  moment(link.at),
  link.minutesApart === null || link.minutesApart === undefined ? '' : String(Math.round(link.minutesApart)),
  link.checkpoint?.name ?? '',
  link.plate ?? '',
  link.review === 'NONE' ? '' : t(`contacts.reviews.${link.review}`),
  linkWords(link),
];
const noLink = ['', '', '', '', '', '', '', ''];

const personKeys = ['generation', 'person', 'born', 'unit', 'state', 'firstExposed', 'lastExposed'];
const linkKeys = ['with', 'kind', 'at', 'minutesApart', 'checkpoint', 'plate', 'review', 'why'];

/** A line for each link, with whom it leads to; one for who has no link that is shown. */
export function contactsCsv({ contacts, shown }: FileContent): string {
  const head = [...personKeys, ...linkKeys].map((key) => t(`graph.columns.${key}`));
  const lines = contacts
    .filter(({ id }) => shown.found.has(id))
    .flatMap((contact) => {
      const links = contact.links.filter((link) => shown.links.has(link)).map(ofLink);
      return (links.length > 0 ? links : [noLink]).map((cells) => [...ofPerson(contact), ...cells]);
    });
  return toCsv([head, ...lines]);
}
