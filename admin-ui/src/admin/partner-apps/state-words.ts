import { t } from '../texts.ts';

export const stateWords = ({ active }: { active: boolean }): string =>
  t(active ? 'partnerApps.active' : 'partnerApps.revoked');
