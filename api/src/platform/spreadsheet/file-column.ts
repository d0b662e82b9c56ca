/** A Date is a moment, written as the clock in Viet Nam shows it. */
export type FileCell = string | number | Date | null;

/** A column of a file that is written row by row. */
export interface FileColumn<Row> {
  heading: string;
  value: (row: Row) => FileCell;
  /** In characters, where a spreadsheet shows it. */
  width?: number;
  /** Its cells are moments. */
  moments?: true;
}

export interface FileTable<Row> {
  /** What the sheet is called: at most 31 characters. */
  name: string;
  columns: ReadonlyArray<FileColumn<Row>>;
}

/** Page after page, each fetched only once the one before is written. */
export type FilePages<Row> = AsyncIterable<readonly Row[]>;
