export interface TemplateColumn {
  head: string;
  guide: string;
  width: number;
}

/** A spreadsheet to fill in, with a second sheet that says how. Its library is fetched when it is asked for. */
export async function makeTemplate(
  names: { sheet: string; guide: string },
  columns: readonly TemplateColumn[],
  more: string[][] = [],
): Promise<Blob> {
  const { writeXlsx } = await import('hucre/xlsx');
  const guide = columns.map((column) => [column.head, column.guide]);
  const file = await writeXlsx({
    sheets: [
      {
        name: names.sheet,
        columns: columns.map(({ width }) => ({ width })),
        rows: [columns.map(({ head }) => head)],
        freezePane: { rows: 1 },
      },
      { name: names.guide, columns: [{ width: 24 }, { width: 100 }], rows: [...guide, ...more] },
    ],
  });
  return new Blob([file as Uint8Array<ArrayBuffer>]);
}
