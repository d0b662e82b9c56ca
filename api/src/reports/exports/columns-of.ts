import type { Locale } from '../../platform/graphql/locale.ts';
import type { FileCell, FileColumn } from '../../platform/spreadsheet/file-column.ts';

/** A column: its heading in both languages, how wide it is, what stands in it, and whether that is moments. */
export type ColumnSpec<Row> = readonly [
  heading: Record<Locale, string>,
  width: number,
  value: (row: Row) => FileCell,
  moments?: 'moments',
];

export const columnsOf = <Row>(locale: Locale, specs: ReadonlyArray<ColumnSpec<Row>>): Array<FileColumn<Row>> =>
  specs.map(([heading, width, value, moments]) => ({
    heading: heading[locale],
    width,
    value,
    ...(moments ? { moments: true as const } : {}),
  }));
