import type { Transaction } from '../../platform/database/transaction.ts';
import type { FileTable } from '../../platform/spreadsheet/file-column.ts';

/** The rows of one file: how many there are, and page after page of them, each in a transaction of its own. */
export interface FileSource<Row> {
  table: FileTable<Row>;
  /** No further than a bound. */
  count: (tx: Transaction, bound: number) => Promise<number>;
  /** The rows after this place in the list; fewer than `first` where they end. */
  page: (tx: Transaction, after: string[] | null, first: number) => Promise<Row[]>;
  placeOf: (row: Row) => string[];
}
