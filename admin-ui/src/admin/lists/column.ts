import type { VNodeChild } from 'vue';

/** A column of a list; its heading is the text `<list>.columns.<key>`. */
export interface Column<Row> {
  key: string;
  /** What stands in a file, and in the cell where nothing is drawn. */
  text: (row: Row) => string;
  /** The cell with marks, colours and a second line. */
  draw?: (row: Row) => VNodeChild;
  /** Names the row: it has the most room, and a reader hears it beside the tick box. */
  title?: true;
  number?: true;
  /** The width of the list from which there is room for it. */
  from?: 'wide' | 'wider';
  /** Shown only once a person asks for it. */
  extra?: true;
}
