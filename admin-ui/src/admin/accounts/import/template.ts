import { makeTemplate } from '../../sheets/make-template.ts';
import { t } from '../../texts.ts';
import { roles } from '../account-filters.ts';
import { cells, type Cell } from './import-row.ts';

const widths: Record<Cell, number> = { fullName: 30, username: 24, roles: 20, unit: 44, checkpoints: 30 };

export function accountTemplate(): Promise<Blob> {
  const columns = cells.map((cell) => ({
    head: t(`accounts.import.heads.${cell}`),
    guide: t(`accounts.import.guide.${cell}`),
    width: widths[cell],
  }));
  const words = roles.map((role) => ['', `${t(`role.${role}`)}: ${t(`accounts.what.${role}`)}`]);
  const names = { sheet: t('accounts.import.sheet'), guide: t('sheets.guide') };
  return makeTemplate(names, columns, words);
}
