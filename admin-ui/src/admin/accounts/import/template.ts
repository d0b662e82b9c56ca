import { t } from '../../texts.ts';
import { roles } from '../account-filters.ts';
import { cells } from './import-row.ts';

/** A spreadsheet to fill in, with a second sheet that says how. Its library is fetched when it is asked for. */
export async function makeTemplate(): Promise<Blob> {
  const { writeXlsx } = await import('hucre/xlsx');
  const heads = cells.map((cell) => t(`accounts.import.heads.${cell}`));
  const guide = cells.map((cell, at) => [heads[at] ?? '', t(`accounts.import.guide.${cell}`)]);
  const words = roles.map((role) => ['', `${t(`role.${role}`)}: ${t(`accounts.what.${role}`)}`]);
  const file = await writeXlsx({
    sheets: [
      {
        name: t('accounts.import.sheet'),
        columns: [30, 24, 20, 44, 30].map((width) => ({ width })),
        rows: [heads],
        freezePane: { rows: 1 },
      },
      { name: t('accounts.import.guideSheet'), columns: [{ width: 24 }, { width: 100 }], rows: [...guide, ...words] },
    ],
  });
  return new Blob([file as Uint8Array<ArrayBuffer>]);
}
