import { t } from '../texts.ts';

/** What an entry can tell of, as it stands in the address and among the texts: a point there would part a key. */
export const actions = [
  'declarations_scan',
  'declaration_read',
  'declaration_record',
  'passages_read',
  'passages_record',
  'access_refused',
  'list_export',
  'sign-in',
  'sign-in_failed',
  'sign-out',
  'password_change',
  'password_change-failed',
  'second-factor_begin',
  'second-factor_enrol',
  'second-factor_remove',
  'second-factor_failed',
  'second-factor_change-failed',
  'recovery-code_use',
  'recovery-code_remake',
  'session_end',
  'session_end-others',
  'account_create',
  'account_update',
  'account_suspend',
  'account_reactivate',
  'account_reset',
  'checkpoint_create',
  'checkpoint_change',
  'arrival_report',
  'arrival_unreport',
  'zone_create',
  'zone_change',
  'citizens_search',
  'citizen_read',
  'citizens_doubles',
  'citizens_merge',
  'citizens_unmerge',
  'citizens_not-the-same',
  'registry_retry',
  'mismatches_read',
  'mismatch_resolve',
  'citizen_erase',
  'citizen_erase-refused',
  'retention_drop',
  'key_add',
  'key_promote',
  'key_drop',
] as const;

/** In words; as it is written where it is one that these pages do not know. */
export function actionWords(action: string): string {
  const known = actions.find((each) => each === action.replaceAll('.', '_'));
  return known ? t(`audit.actions.${known}`) : action;
}
