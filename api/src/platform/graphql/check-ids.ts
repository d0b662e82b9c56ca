import { uuid7Time } from '../shared/uuid7.ts';
import { badInput } from './problems.ts';

const mostIds = 200;

/** Refuses ids of a filter, by their path, that no row can have: nothing but a UUIDv7 reaches a statement. */
export function checkIds(filter: Record<string, string | readonly string[] | null | undefined>): void {
  for (const [path, given] of Object.entries(filter)) {
    const ids = [given ?? []].flat();
    if (ids.length > mostIds)
      throw badInput({ [path]: { vi: `Tối đa ${mostIds} mã.`, en: `At most ${mostIds} ids.` } });
    if (ids.some((id) => uuid7Time(id) === null)) {
      throw badInput({ [path]: { vi: 'Đây không phải mã của hệ thống.', en: 'This is not an id of this system.' } });
    }
  }
}
