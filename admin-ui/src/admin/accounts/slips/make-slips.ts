import { makePdf } from '../../../ui/pdf/make-pdf.ts';
import { t } from '../../texts.ts';
import type { Slip, SlipTexts } from './slip.ts';
import { slipPages } from './slip-pages.ts';

/** A PDF of slips; null: it failed. */
export const makeSlips = (slips: Slip[]): Promise<Blob | null> => makePdf(slipPages(slips, texts()));

const texts = (): SlipTexts => ({
  title: t('accounts.slips.title'),
  unit: t('accounts.columns.unit'),
  address: t('accounts.signInAt'),
  username: t('accounts.columns.username'),
  oneTimePassword: t('accounts.oneTimePassword'),
  note: t('accounts.slips.note'),
});

/** Where somebody with these roles signs in. */
export const signInAddress = (roles: readonly string[]): string =>
  `${location.origin}/${roles.includes('OFFICER') ? 'officer' : 'admin'}`;
