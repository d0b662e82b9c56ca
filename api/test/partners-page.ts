import { readFileSync } from 'node:fs';

export interface Block {
  language: string;
  /** The file that it is, where it has a name. */
  file: string | undefined;
  text: string;
}

const fence = /^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm;

/** The fenced blocks of docs/partners.md, in order. */
export function blocksOf(page: URL): Block[] {
  return [...readFileSync(page, 'utf8').matchAll(fence)].map(([, language = '', file, text = '']) => ({
    language,
    file,
    text,
  }));
}

/** Each script of the page with what the page says that it prints, where it does. */
export function scriptsOf(blocks: Block[]): Array<{ script: string; printed: Block | null }> {
  return blocks.flatMap((block, position) => {
    if (block.language !== 'bash') return [];
    const next = blocks[position + 1];
    return [{ script: block.text, printed: next && ['json', 'text'].includes(next.language) ? next : null }];
  });
}

/** What was printed, with … in place of what the page does not tell. */
export function asOnThePage(printed: unknown, page: unknown): unknown {
  if (page === '…') return printed === undefined ? undefined : '…';
  if (Array.isArray(page) && Array.isArray(printed))
    return printed.map((one, at) => asOnThePage(one, (page as unknown[])[at]));
  if (!isRecord(page) || !isRecord(printed)) return printed;
  return Object.fromEntries(Object.entries(printed).map(([key, one]) => [key, asOnThePage(one, page[key])]));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
