import { fold } from '#api/platform/shared/text.ts';

/** A row of the tree as it stands on the screen, those above a folded one left out. */
export interface WalkedRow {
  name: string;
  fullName: string;
  /** 1 for the provinces. */
  depth: number;
  /** Null for what has nothing below it. */
  unfolded: boolean | null;
}

/** What a key asks for of the row that has the focus: another row, or to unfold or fold it. */
export type Step = { to: number } | { unfold: boolean };

/** The keys of a tree as in the WAI-ARIA practices; null for one that is none of them, or that leads nowhere. */
export function stepOf(key: string, rows: readonly WalkedRow[], at: number): Step | null {
  const row = rows[at];
  if (!row) return null;
  const to = (index: number): Step | null => (index !== at && rows[index] ? { to: index } : null);
  if (key === 'ArrowDown') return to(at + 1);
  if (key === 'ArrowUp') return to(at - 1);
  if (key === 'Home') return to(0);
  if (key === 'End') return to(rows.length - 1);
  if (key === 'ArrowRight' && row.unfolded === false) return { unfold: true };
  if (key === 'ArrowRight' && row.unfolded) return rows[at + 1]?.depth === row.depth + 1 ? to(at + 1) : null;
  if (key === 'ArrowLeft' && row.unfolded) return { unfold: false };
  if (key === 'ArrowLeft') return to(rows.slice(0, at).findLastIndex(({ depth }) => depth < row.depth));
  return null;
}

/**
 * The row whose name begins with what was typed, or else whose kind and name do, diacritics or not: for a first letter the next
 * one, and around.
 */
export function typedTo(text: string, rows: readonly WalkedRow[], at: number): number | null {
  const wanted = fold(text);
  const from = wanted.length > 1 ? at : at + 1;
  const around = rows.map((_, index) => (from + index) % rows.length);
  const beginning = (words: (row: WalkedRow) => string) =>
    around.find((index) => rows[index] && fold(words(rows[index])).startsWith(wanted));
  return beginning(({ name }) => name) ?? beginning(({ fullName }) => fullName) ?? null;
}
