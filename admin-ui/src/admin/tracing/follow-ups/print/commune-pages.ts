import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import { formatDay } from '../../../days.ts';
import { t } from '../../../texts.ts';
import { wholePlace } from '../../../unit-place.ts';
import { statusText, type FollowUpRow } from '../follow-up-row.ts';
import { homeWords } from '../home-words.ts';

/** Tasks by the commune where the people stay, the communes by name. */
function byCommune(rows: readonly FollowUpRow[]): [commune: string, rows: FollowUpRow[]][] {
  return [...Map.groupBy(rows, ({ unit }) => wholePlace(unit))].toSorted(([a], [b]) => a.localeCompare(b, 'vi'));
}

// Composed letters: others come apart when a PDF's text is read.
const composed = (text: string): string => text.normalize('NFC');

/** A4 pages, each commune's on a sheet of its own: whom to reach, where, and room to write. */
export function communePages(rows: readonly FollowUpRow[], printedAt: string): object {
  return {
    info: { title: composed(t('followUps.print.title')) },
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [28, 28, 28, 28],
    defaultStyle: { font: 'BeVietnamPro', fontSize: 9, lineHeight: 1.15 },
    content: byCommune(rows).flatMap(([commune, tasks], index) => sheetOf(commune, tasks, printedAt, index > 0)),
  };
}

function sheetOf(commune: string, tasks: readonly FollowUpRow[], printedAt: string, onNewPage: boolean): object[] {
  const heading = { text: composed(commune), bold: true, fontSize: 15, ...(onNewPage && { pageBreak: 'before' }) };
  const count = t('followUps.count', { count: tasks.length, shown: tasks.length });
  const under = t('followUps.print.under', { count, when: printedAt });
  return [
    heading,
    { text: composed(under), color: '#46545e', margin: [0, 0, 0, 8] },
    {
      table: {
        headerRows: 1,
        dontBreakRows: true,
        // Days, numbers and generations are never broken.
        widths: [18, 110, 'auto', 'auto', '*', 'auto', 'auto', 80, 120],
        body: [headOf(), ...tasks.map(lineOf)],
      },
      layout: 'lightHorizontalLines',
    },
  ];
}

const columns = ['number', 'person', 'born', 'phone', 'home', 'generation', 'until', 'status', 'notes'] as const;
const headOf = (): object[] =>
  columns.map((key) => ({ text: composed(t(`followUps.print.columns.${key}`)), bold: true }));

function lineOf(row: FollowUpRow, index: number): object[] {
  const { citizen, generation, until, notes } = row;
  return [
    String(index + 1),
    citizen.fullName,
    formatBirthDate(citizen.dateOfBirth),
    citizen.phone ?? '',
    homeWords(row),
    `F${generation}`,
    formatDay(until),
    statusText(row),
    notes ?? '',
  ].map((text, column) => ({ text: composed(text), ...(column === 1 && { bold: true }) }));
}
