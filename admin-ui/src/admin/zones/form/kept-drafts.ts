import type { ZoneDraft } from './zone-draft.ts';

interface Kept {
  ownId: string;
  /** Null: nothing was changed. */
  draft: ZoneDraft | null;
  original: string | null;
}

const drafts = new Map<string, Kept>();

/**
 * What was typed and not saved, for as long as the page stands: a session that ends in the middle of the work takes the
 * form away, and signing in again brings it back.
 */
export function kept(id: string | null, makeId: () => string) {
  const name = id ?? 'new';
  const found = drafts.get(name) ?? { ownId: id ?? makeId(), draft: null, original: null };
  drafts.set(name, found);
  return { ownId: found.ownId, key: Object.assign(found, { forget: () => void drafts.delete(name) }) };
}
