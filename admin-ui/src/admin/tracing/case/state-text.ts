import { t } from '../../texts.ts';
import type { ContactOfCase } from './contacts.ts';

/** How far the commune is with somebody; where there is no task, that they are no contact after all. */
export const stateText = ({ followUp }: Pick<ContactOfCase, 'followUp'>): string =>
  followUp ? t(`followUps.statuses.${followUp.status}`) : t('contacts.dismissed');
