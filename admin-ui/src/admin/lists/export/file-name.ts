import { fold } from '#api/platform/shared/text.ts';

/** luot-qua-chot_2021-08-01_2021-08-07_luc-2021-08-23-1405.csv: the list, the days asked for, when it was made. */
export function fileName(title: string, days: readonly (string | undefined)[], madeAt: string): string {
  const slug = (text: string) => fold(text).replace(/[^a-z0-9]+/g, '-');
  return `${[slug(title), ...days, slug(madeAt)].filter(Boolean).join('_')}.csv`;
}
