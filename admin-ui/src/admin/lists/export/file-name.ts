import { fold } from '#api/platform/shared/text.ts';
import { now, today } from '../../moments.ts';

/** luot-qua-chot_2021-08-01_2021-08-07_2021-08-23-14-05.csv: the list, the days asked for, when it is made. */
export function fileName(title: string, days: readonly (string | undefined)[], kind: string): string {
  const slug = (text: string) => fold(text).replace(/[^a-z0-9]+/g, '-');
  return `${[slug(title), ...days, slug(`${today()} ${now().slice(-5)}`)].filter(Boolean).join('_')}.${kind}`;
}
