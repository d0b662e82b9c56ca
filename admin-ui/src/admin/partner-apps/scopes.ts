import { t } from '../texts.ts';

/** What an app may be granted, as the API names it, with the key of its words: a text's key holds no colon. */
export const scopes = [
  { name: 'declarations:read', key: 'read' },
  { name: 'declarations:write', key: 'write' },
  { name: 'statistics:read', key: 'statistics' },
] as const;

export const scopeWords = (scope: string): string => {
  const known = scopes.find(({ name }) => name === scope);
  return known ? t(`partnerApps.scopes.${known.key}`) : scope;
};
